// SPDX-License-Identifier: MIT
// Reflect and Proxy.
'use strict';
const assert = require('../lib/assert.js');

assert.equal(Reflect.apply(Math.max, null, [1, 3, 2]), 3);
assert.throws(() => Reflect.apply(1), TypeError);
class A { constructor(x) { this.x = x; this.target = new.target; } }
class B {}
const made = Reflect.construct(A, [1], B);
assert.equal(made instanceof B, true);
assert.equal(made.target, B);
assert.throws(() => Reflect.construct(() => 1, []), TypeError);
assert.throws(() => Reflect.construct(A, [], () => 1), TypeError);
const o = {};
assert.equal(Reflect.defineProperty(o, 'a', { value: 1 }), true);
assert.equal(Reflect.defineProperty(o, 'a', { value: 2 }), false);
assert.equal(Reflect.deleteProperty(o, 'a'), false);
assert.equal(Reflect.has(o, 'toString'), true);
assert.equal(Reflect.get({ get x() { return this; } }, 'x', 5), 5);
const receiver = {};
assert.equal(Reflect.set({ set x(v) { this.got = v; } }, 'x', 1, receiver), true);
assert.equal(receiver.got, 1);
assert.equal(Reflect.set(Object.freeze({ x: 1 }), 'x', 2), false);
assert.equal(Reflect.set({}, 'x', 1, 5), false);
assert.deepEqual(Reflect.ownKeys({ b: 1, 1: 1, [Symbol.iterator]: 1 }), ['1', 'b', Symbol.iterator]);
assert.equal(Reflect.setPrototypeOf(Object.freeze({}), {}), false);
assert.equal(Reflect.getPrototypeOf([]), Array.prototype);
assert.equal(Reflect.preventExtensions(o) && !Reflect.isExtensible(o), true);
assert.deepEqual(Reflect.getOwnPropertyDescriptor([1], '0'), { value: 1, writable: true, enumerable: true, configurable: true });
assert.throws(() => Reflect.ownKeys(1), 'Reflect.ownKeys called on non-object');

// Proxies
const calls = [];
const handler = new Proxy({}, { get(t, name) { return (...args) => { calls.push(name); return Reflect[name](...args); }; } });
const p = new Proxy(function f() { return 1; }, handler);
p.x = 1;
assert.equal(p.x, 1);
assert.equal('x' in p, true);
assert.equal(delete p.x, true);
assert.equal(p(), 1);
assert.equal(new p() instanceof p, true);
Object.keys(p);
Object.getPrototypeOf(p);
Object.preventExtensions(p);
for (const name of ['set', 'get', 'has', 'deleteProperty', 'apply', 'construct', 'ownKeys', 'getPrototypeOf', 'preventExtensions', 'defineProperty']) {
  assert.equal(calls.includes(name), true, name);
}
assert.throws(() => Proxy({}, {}), "Constructor Proxy requires 'new'");
assert.throws(() => new Proxy(1, {}), 'Cannot create proxy with a non-object as target or handler');
const { proxy, revoke } = Proxy.revocable({}, {});
proxy.a = 1;
revoke();
revoke();
assert.throws(() => proxy.a, "Cannot perform 'get' on a proxy that has been revoked");
assert.throws(() => Array.isArray(proxy), TypeError);
assert.equal(typeof new Proxy(() => 1, {}), 'function');
assert.throws(() => new (new Proxy(() => 1, {}))(), TypeError);
assert.equal(Object.hasOwn(Proxy, 'prototype'), false);
