// SPDX-License-Identifier: MIT
// Node's globals: the tag of the global object, and names that become plain properties when they are first read or written.
const assert = require('assert');
assert.strictEqual(Object.prototype.toString.call(globalThis), '[object global]');
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(globalThis, Symbol.toStringTag),
  { value: 'global', writable: false, enumerable: false, configurable: true });
assert.strictEqual(global, globalThis);
for (const name of ['URL', 'TextEncoder', 'AbortController', 'Buffer', 'process']) {
  assert.strictEqual(globalThis[name], eval(name));
  assert.strictEqual(Object.keys(globalThis).includes(name), false);
}
assert.strictEqual(Object.keys(globalThis).includes('setTimeout'), true);
setTimeout; // read
const { value, ...rest } = Object.getOwnPropertyDescriptor(globalThis, 'setTimeout');
assert.strictEqual(typeof value, 'function');
assert.deepStrictEqual(rest, { writable: true, enumerable: true, configurable: true });
globalThis.atob = 1;
assert.strictEqual(Object.getOwnPropertyDescriptor(globalThis, 'atob').value, 1);
