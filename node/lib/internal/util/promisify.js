// SPDX-License-Identifier: MIT
// util.promisify, and the symbols by which a function says how it wants to be promisified.
'use strict';

const custom = Symbol.for('nodejs.util.promisify.custom');
const customArgs = Symbol('customPromisifyArgs'); // names of the values that the callback gets, when there are several

function promisify(original) {
  const { validateFunction } = require('internal/validators');
  validateFunction(original, 'original');
  const given = original[custom];
  if (given) {
    validateFunction(given, 'util.promisify.custom');
    return Object.defineProperty(given, custom, { value: given, enumerable: false, writable: false, configurable: true });
  }
  const names = original[customArgs];

  function f(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (names === undefined || values.length <= 1) return resolve(values[0]);
        const result = {};
        for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
        return resolve(result);
      }]);
    });
  }

  Object.setPrototypeOf(f, Object.getPrototypeOf(original));
  Object.defineProperty(f, custom, { value: f, enumerable: false, writable: false, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  delete descriptors[custom];
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return Object.defineProperties(f, descriptors);
}
promisify.custom = custom;

module.exports = { promisify, custom, customPromisifyArgs: customArgs };
