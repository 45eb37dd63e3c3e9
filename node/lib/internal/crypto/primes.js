// SPDX-License-Identifier: MIT
// Prime numbers: generatePrime, checkPrime.
'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateObject } = require('internal/validators');
const { isBytes } = require('internal/crypto/util');
const binding = internalBinding('crypto_dh');

function bytesOfBigInt(n, name) {
  if (n < 0n) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', n);
  const hex = n.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

function numberOption(value, name) {
  if (value === undefined) return undefined;
  if (typeof value === 'bigint') return bytesOfBigInt(value, name);
  if (!isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], value);
  return value;
}

function primeArguments(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  return { bigint, args: [size, safe, numberOption(add, 'options.add'), numberOption(rem, 'options.rem')] };
}

function primeOf(bytes, bigint) {
  return bigint ? BigInt(`0x${Buffer.from(bytes.buffer).toString('hex')}`) : bytes.buffer;
}

function unfit(which) {
  return Object.assign(new RangeError(which === 1 ? 'invalid options.add' : 'invalid options.rem'), { code: 'ERR_OUT_OF_RANGE' });
}

function generatePrimeSync(size, options = {}) {
  const { bigint, args } = primeArguments(size, options);
  const result = binding.generatePrime(undefined, ...args);
  if (typeof result === 'number') throw unfit(result);
  return primeOf(result, bigint);
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  const { bigint, args } = primeArguments(size, options);
  validateFunction(callback, 'callback');
  const refused = binding.generatePrime((error, result) => {
    if (error) callback(error);
    else callback(undefined, primeOf(result, bigint));
  }, ...args);
  if (refused !== undefined) throw unfit(refused);
}

function checkArguments(candidate, options) {
  if (typeof candidate === 'bigint') candidate = bytesOfBigInt(candidate, 'candidate');
  else if (!isBytes(candidate)) throw new codes.ERR_INVALID_ARG_TYPE('candidate', ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], candidate);
  validateObject(options, 'options');
  const { checks = 0 } = options;
  validateInt32(checks, 'options.checks', 0);
  return [candidate, checks];
}

function checkPrimeSync(candidate, options = {}) {
  return binding.checkPrime(undefined, ...checkArguments(candidate, options));
}

function checkPrime(candidate, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  const args = checkArguments(candidate, options);
  validateFunction(callback, 'callback');
  binding.checkPrime((error, result) => {
    if (error) callback(error);
    else callback(undefined, result);
  }, ...args);
}

module.exports = { generatePrime, generatePrimeSync, checkPrime, checkPrimeSync };
