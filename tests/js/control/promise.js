// SPDX-License-Identifier: MIT
// Promise.
'use strict';
const assert = require('../lib/assert.js');

const log = [];
const steps = [];
const check = (promise, expected, what) => steps.push(promise.then((v) => assert.deepEqual(v, expected, what)));

new Promise((resolve) => { log.push(1); resolve(); log.push(2); }).then(() => log.push(4));
log.push(3);
check(new Promise((r) => setTimeout(r, 0)).then(() => log.slice(0, 4)), [1, 2, 3, 4], 'order');

assert.throws(() => Promise(), "Promise constructor cannot be invoked without 'new'");
assert.throws(() => new Promise(1), 'Promise resolver 1 is not a function');
assert.throws(() => Promise.resolve.call(1), 'PromiseResolve called on non-object');
assert.throws(() => Promise.prototype.then.call(1), 'Method Promise.prototype.then called on incompatible receiver 1');

check(Promise.all([1, Promise.resolve(2), { then: (f) => f(3) }]), [1, 2, 3], 'all');
check(Promise.all([]), [], 'all of nothing');
check(Promise.all([Promise.reject(1), Promise.reject(2)]).catch((e) => e), 1, 'all rejects');
check(Promise.allSettled([1, Promise.reject(2)]), [{ status: 'fulfilled', value: 1 }, { status: 'rejected', reason: 2 }], 'allSettled');
check(Promise.any([Promise.reject(1), 2]), 2, 'any');
check(Promise.any([Promise.reject(1), Promise.reject(2)]).catch((e) => [e.constructor === AggregateError, e.errors, e.message]),
  [true, [1, 2], 'All promises were rejected'], 'any rejects');
check(Promise.race([new Promise(() => 0), Promise.resolve(1), 2]), 1, 'race');
check(Promise.race([Promise.reject(3)]).catch((e) => e), 3, 'race rejects');
check(Promise.try((a, b) => a + b, 1, 2), 3, 'try');
check(Promise.try(() => { throw 4; }).catch((e) => e), 4, 'try throws');
const { promise, resolve } = Promise.withResolvers();
resolve(5);
resolve(6);
check(promise, 5, 'withResolvers');
check(Promise.reject(1).finally(() => 2).catch((e) => e), 1, 'finally keeps the reason');
check(Promise.resolve(1).finally(() => Promise.reject(2)).catch((e) => e), 2, 'finally rejects');
check(Promise.resolve(1).finally(() => 7), 1, 'finally keeps the value');
check(Promise.resolve(1).then(2), 1, 'no handler');
const self = new Promise((r) => setTimeout(() => r(self), 0));
check(self.catch((e) => e.message), 'Chaining cycle detected for promise #<Promise>', 'cycle');

// Iterators are closed when something goes wrong, and not when they themselves do.
let closed = 0;
const broken = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { closed++; return {}; } }) };
class Bad extends Promise { static resolve() { throw 8; } }
check(Bad.all(broken).catch((e) => [e, closed]), [8, 1], 'closed');
check(Promise.all(5).catch((e) => e instanceof TypeError), true, 'not iterable');

// Subclasses and species
class Sub extends Promise {}
assert.equal(Sub.resolve(1) instanceof Sub, true);
assert.equal(Sub.resolve(1).then(() => 1) instanceof Sub, true);
assert.equal(Sub.all([]) instanceof Sub, true);
class Plain extends Promise { static get [Symbol.species]() { return Promise; } }
assert.equal(Plain.resolve(1).then(() => 1) instanceof Plain, false);
let thenCalls = 0;
const patched = Promise.resolve(1);
patched.then = function (...args) { thenCalls++; return Promise.prototype.then.apply(this, args); };
check(Promise.all([patched]).then(() => thenCalls), 1, 'own then is called');

// Functions given to the executor
new Promise((res, rej) => {
  assert.equal(res.length + res.name + rej.length, '11');
  assert.equal('prototype' in res, false);
});

Promise.all(steps).then(assert.mustCall(() => 0), (e) => { console.error(e); process.exitCode = 1; });
