// SPDX-License-Identifier: MIT
// Object and Object.prototype.
'use strict';
const assert = require('../lib/assert.js');

// assign: order, symbols, getters, sources that change while they are read
const s = Symbol('s');
const log = [];
const source = { get b() { log.push('b'); delete this.c; return 1; }, c: 2, [s]: 3, 5: 'five' };
assert.deepEqual(Object.assign({}, source), { 5: 'five', b: 1, [s]: 3 });
assert.deepEqual(log, ['b']);
const plain = { x: 1, y: 2, z: 3 };
const target = { set x(v) { delete plain.y; plain.z = 'new'; this.got = v; } };
Object.assign(target, plain);
assert.equal(target.got, 1);
assert.equal('y' in target, false);
assert.equal(target.z, 'new');
assert.deepEqual(Object.assign([1, 2, 3], [4, , 5], 'ab', null, undefined, true), ['a', 'b', 5]);
assert.throws(() => Object.assign(null), 'Cannot convert undefined or null to object');
assert.throws(() => Object.assign(Object.freeze({ a: 1 }), { a: 2 }), TypeError);

// create, defineProperties, descriptors
const o = Object.create({ inherited: 1 }, { a: { value: 1 }, b: { get() { return 2; }, enumerable: true } });
assert.deepEqual(Object.keys(o), ['b']);
assert.deepEqual(Object.getOwnPropertyDescriptor(o, 'a'), { value: 1, writable: false, enumerable: false, configurable: false });
assert.equal(typeof Object.getOwnPropertyDescriptor(o, 'b').get, 'function');
assert.equal(Object.getOwnPropertyDescriptor(o, 'inherited'), undefined);
assert.throws(() => Object.defineProperty(o, 'a', { value: 2 }), 'Cannot redefine property: a');
assert.throws(() => Object.defineProperties({}, { a: 1 }), 'Property description must be an object: 1');
assert.throws(() => Object.defineProperty(1, 'a', {}), 'Object.defineProperty called on non-object');
assert.throws(() => Object.create(1), 'Object prototype may only be an Object or null: 1');
assert.deepEqual(Object.keys(Object.getOwnPropertyDescriptors({ a: 1, [s]: 2 })), ['a']);

// keys, values, entries, names, symbols: indices first, then in order of creation
const mixed = { b: 1, 2: 'two', a: 2, 1: 'one', [s]: 0 };
assert.deepEqual(Object.keys(mixed), ['1', '2', 'b', 'a']);
assert.deepEqual(Object.values(mixed), ['one', 'two', 1, 2]);
assert.deepEqual(Object.entries(mixed), [['1', 'one'], ['2', 'two'], ['b', 1], ['a', 2]]);
assert.deepEqual(Object.getOwnPropertyNames(mixed), ['1', '2', 'b', 'a']);
assert.deepEqual(Object.getOwnPropertySymbols(mixed), [s]);
assert.deepEqual(Object.getOwnPropertyNames('ab'), ['0', '1', 'length']);
assert.equal(Object.hasOwn(mixed, 'a'), true);
assert.equal(Object.hasOwn(mixed, 'toString'), false);

// fromEntries, groupBy
assert.deepEqual(Object.fromEntries([['a', 1], [s, 2], [3, 3]]), { 3: 3, a: 1, [s]: 2 });
assert.deepEqual(Object.fromEntries(new Map([['k', 'v']])), { k: 'v' });
assert.throws(() => Object.fromEntries([1]), 'Iterator value 1 is not an entry object');
let closed = 0;
const iterable = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return: () => (closed++, {}) }; } };
assert.throws(() => Object.fromEntries(iterable), TypeError);
assert.equal(closed, 1);
const groups = Object.groupBy([1, 2, 3, 4, 5], (v, i) => (assert.equal(i, v - 1), v % 2 ? 'odd' : 'even'));
assert.equal(Object.getPrototypeOf(groups), null);
assert.deepEqual(groups.odd, [1, 3, 5]);
assert.deepEqual(Object.keys(groups), ['odd', 'even']);

// prototypes
assert.equal(Object.setPrototypeOf(1, null), 1);
const base = {};
const derived = Object.create(base);
assert.throws(() => Object.setPrototypeOf(base, derived), 'Cyclic __proto__ value');
assert.throws(() => Object.setPrototypeOf(Object.preventExtensions({}), {}), '#<Object> is not extensible');
assert.throws(() => Object.setPrototypeOf(Object.prototype, {}), "Immutable prototype object 'Object.prototype' cannot have their prototype set");
assert.equal({ __proto__: null } instanceof Object, false);
base.__proto__ = Array.prototype;
assert.equal(base instanceof Array, true);
base.__proto__ = 1;
assert.equal(Object.getPrototypeOf(base), Array.prototype);
assert.equal(Array.prototype.isPrototypeOf(derived), true);

// integrity
const frozen = Object.freeze({ a: 1, nested: {} });
assert.equal(Object.isFrozen(frozen) && Object.isSealed(frozen) && !Object.isExtensible(frozen), true);
assert.throws(() => { frozen.a = 2; }, TypeError);
assert.throws(() => { delete frozen.a; }, TypeError);
const sealed = Object.seal([1, 2]);
sealed[0] = 5;
assert.throws(() => sealed.push(3), TypeError);
assert.equal(Object.isFrozen(sealed), false);
assert.equal(Object.isFrozen('a'), true);
assert.equal(Object.isExtensible(1), false);

// is
assert.equal(Object.is(NaN, NaN), true);
assert.equal(Object.is(0, -0), false);

// toString
const tagOf = (v) => Object.prototype.toString.call(v);
assert.equal(tagOf(undefined), '[object Undefined]');
assert.equal(tagOf(null), '[object Null]');
assert.equal(tagOf([]), '[object Array]');
assert.equal(tagOf(new Proxy([], {})), '[object Array]');
assert.equal(tagOf(() => 1), '[object Function]');
assert.equal(tagOf(1), '[object Number]');
assert.equal(tagOf(new Error('x')), '[object Error]');
assert.equal(tagOf(new Date(0)), '[object Date]');
assert.equal(tagOf(1n), '[object BigInt]');
assert.equal(tagOf(Symbol()), '[object Symbol]');
assert.equal(tagOf((function () { return arguments; })()), '[object Arguments]');
assert.equal(tagOf({ [Symbol.toStringTag]: 'Mine' }), '[object Mine]');
assert.equal(tagOf({ [Symbol.toStringTag]: 1 }), '[object Object]');

// Annex B
const legacy = {};
legacy.__defineGetter__('g', () => 7);
legacy.__defineSetter__('g', function (v) { this.set = v; });
legacy.g = 3;
assert.equal(legacy.g, 7);
assert.equal(legacy.set, 3);
assert.equal(typeof legacy.__lookupGetter__('g'), 'function');
assert.equal(Object.create(legacy).__lookupSetter__('g').call({}, 1), undefined);
assert.equal(legacy.__lookupGetter__('toString'), undefined);
assert.throws(() => legacy.__defineGetter__('h', 1), 'Object.prototype.__defineGetter__: Expecting function');

assert.equal(Object(1) instanceof Number, true);
assert.equal(Object('s').length, 1);
class Sub extends Object { constructor() { super({ ignored: 1 }); } }
assert.deepEqual(Object.keys(new Sub()), []);
