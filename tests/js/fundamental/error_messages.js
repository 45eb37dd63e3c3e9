// SPDX-License-Identifier: MIT
// Messages of errors that the engine throws: what the source calls a value, and how values are shown.
'use strict';
const assert = require('../lib/assert.js');

const x = { y: {}, foo() { return {}; }, list: [1] }, i = 0;
let nothing, n = 5;
const cases = [
  [() => x.y.z(), 'x.y.z is not a function'],
  [() => x.foo().bar(), 'x.foo(...).bar is not a function'],
  [() => x.foo().bar.baz, "Cannot read properties of undefined (reading 'baz')"],
  [() => x.list[i](), 'x.list[i] is not a function'],
  [() => x?.y.z(), 'x?.y.z is not a function'],
  [() => n(), 'n is not a function'],
  [() => new n(), 'n is not a constructor'],
  [() => new x.foo(), 'x.foo is not a constructor'],
  [() => (() => {})()(), '(intermediate value)(...) is not a function'],
  [() => nothing.p, "Cannot read properties of undefined (reading 'p')"],
  [() => { nothing.p = 1; }, "Cannot set properties of undefined (setting 'p')"],
  [() => notThere, 'notThere is not defined'],
  [() => { for (const v of n); }, 'n is not iterable'],
  [() => new Promise(n), 'Promise resolver 5 is not a function'],
  [() => new Promise({}), 'Promise resolver #<Object> is not a function'],
  [() => new Promise([]), 'Promise resolver [object Array] is not a function'],
  [() => new Proxy({}, 1), 'Cannot create proxy with a non-object as target or handler'],
  [() => Object.defineProperty(x, 'q', 'text'), 'Property description must be an object: text'],
  [() => Object.setPrototypeOf({}, Symbol('s')), 'Object prototype may only be an Object or null: Symbol(s)'],
  [() => { class A {} A(); }, "Class constructor A cannot be invoked without 'new'"],
  [() => [].reduce((a) => a), 'Reduce of empty array with no initial value'],
  [() => BigInt(1.5), 'The number 1.5 cannot be converted to a BigInt because it is not an integer'],
  [() => { later; let later; }, "Cannot access 'later' before initialization"],
];
for (const [f, message] of cases) {
  let caught;
  try { f(); } catch (e) { caught = e; }
  assert.equal(caught && caught.message, message);
}
