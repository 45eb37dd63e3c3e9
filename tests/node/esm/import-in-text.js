// SPDX-License-Identifier: MIT
// import() in text that eval, Function and timers run starts from the file that made the function.
'use strict';
const path = require('path');
const name = `./${path.basename(__filename)}`;
module.exports = 'this file';

async function check(label, load) {
  try {
    console.log(label, (await load(name)).default);
  } catch (error) {
    console.log(label, error.code, error.message.replace(__dirname, '<dir>').replace(__dirname, '<dir>'));
  }
}

(async () => {
  await check('Function', new Function('s', 'return import(s)'));
  await check('async function', Object.getPrototypeOf(async () => {}).constructor('s', 'return await import(s)'));
  await check('arrow in Function', new Function('return (s) => import(s)')());
  await check('direct eval', (s) => eval('import(s)'));
  await check('indirect eval', (0, eval)('(s) => import(s)'));
  await check('Reflect', Reflect.construct(Function, ['s', 'return import(s)']));
  await check('mapped', ['return import(s)'].map((body) => Function('s', body))[0]);
  await check('missing', () => new Function('return import("./no-such-file.js")')());
})();
