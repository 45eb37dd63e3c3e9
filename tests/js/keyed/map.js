// SPDX-License-Identifier: MIT
// Map, WeakMap and their iterators: keys, order, changes during iteration.
'use strict';
const assert = require('../lib/assert.js');

// Keys by SameValueZero, whatever way a number or text is stored.
const m = new Map();
const o = {}, s = Symbol('s');
for (const key of [0, NaN, 'text', o, s, null, undefined, true, 10n, 2n ** 70n, 1.5, -1]) m.set(key, [key]);
assert.equal(m.get(-0)[0], 0);
assert.equal(1 / [...m.keys()][0], Infinity);
assert.equal(m.has(NaN), true);
assert.equal(m.get(['te', 'xt'].join(''))[0], 'text');
assert.equal(m.get(2n ** 35n * 2n ** 35n)[0], 2n ** 70n);
assert.equal(m.get(3 / 2)[0], 1.5);
assert.equal(m.get(7 / 7 * -1)[0], -1);
assert.equal(m.has({}), false);
assert.equal(m.size, 12);
assert.equal(m.set(-0, 'zero'), m);
assert.equal(m.get(0), 'zero');

// Many entries, and many that go.
const big = new Map();
for (let i = 0; i < 20000; i++) big.set(i % 3 ? 'k' + i : i, i);
for (let i = 0; i < 20000; i += 2) assert.equal(big.delete(i % 3 ? 'k' + i : i), true);
assert.equal(big.size, 10000);
let n = 1;
for (const [, v] of big) { assert.equal(v, n); n += 2; }
assert.equal(big.delete('absent'), false);

// Iterators see what is added, not what is deleted; clear does not confuse them.
const walk = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
for (const [k] of walk) {
  seen.push(k);
  if (k === 1 && seen.length === 1) { walk.delete(2); walk.set(4, 'd'); walk.delete(1); walk.set(1, 'again'); }
  if (k === 4) walk.set(5, 'e');
}
assert.deepEqual(seen, [1, 3, 4, 1, 5]);
const it = walk.keys();
it.next();
walk.clear();
walk.set('new', 1);
assert.deepEqual(it.next(), { value: 'new', done: false });
assert.deepEqual(it.next(), { value: undefined, done: true });
walk.set('later', 1);
assert.deepEqual(it.next(), { value: undefined, done: true });
const endless = new Map([[0, 0]]);
let steps = 0;
endless.forEach((v, k) => { if (++steps < 500) { endless.delete(k); endless.set(k + 1, v); } });
assert.equal(steps, 500);

// Constructor
assert.throws(() => Map(), "Constructor Map requires 'new'");
assert.throws(() => new Map([1]), 'Iterator value 1 is not an entry object');
assert.throws(() => new Map(5), TypeError);
assert.deepEqual([...new Map(new Map([[1, 2]]))], [[1, 2]]);
const added = [];
class Counting extends Map { set(k, v) { added.push(k); return super.set(k, v); } }
assert.equal(new Counting([[1, 2], [3, 4]]).size, 2);
assert.deepEqual(added, [1, 3]);
let closed = false;
assert.throws(() => new Map({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return() { closed = true; } }) }), TypeError);
assert.equal(closed, true);
assert.throws(() => Map.prototype.get.call(new Set(), 1), 'Method Map.prototype.get called on incompatible receiver #<Set>');

// groupBy, getOrInsert
const groups = Map.groupBy([1, 2, 3, 4, -0], (v) => v % 2);
assert.deepEqual([...groups], [[1, [1, 3]], [0, [2, 4, -0]]]);
const cache = new Map();
assert.equal(cache.getOrInsert('a', 1), 1);
assert.equal(cache.getOrInsert('a', 2), 1);
assert.equal(cache.getOrInsertComputed('b', (k) => k + '!'), 'b!');
assert.equal(cache.getOrInsertComputed('b', assert.mustNotCall()), 'b!');
assert.equal(cache.getOrInsertComputed(-0, (k) => 1 / k), Infinity);
assert.equal(cache.getOrInsertComputed('c', () => { cache.set('c', 'inner'); return 'outer'; }), 'outer');
assert.equal(cache.get('c'), 'outer');

// WeakMap, WeakSet, WeakRef
const w = new WeakMap([[o, 1], [s, 2]]);
assert.equal(w.get(o), 1);
assert.equal(w.get(s), 2);
assert.equal(w.get('text'), undefined);
assert.equal(w.has({}), false);
assert.equal(w.delete(o), true);
assert.equal(w.has(o), false);
assert.throws(() => w.set('text', 1), 'Invalid value used as weak map key');
assert.throws(() => w.set(Symbol.for('registered'), 1), TypeError);
assert.equal(w.getOrInsertComputed(o, () => 5), 5);
const ws = new WeakSet([o]);
assert.equal(ws.has(o), true);
assert.throws(() => ws.add(1), 'Invalid value used in weak set');
const keys = [];
for (let i = 0; i < 3000; i++) { keys.push({ i }); w.set(keys[i], { value: i, back: keys[i] }); }
for (let i = 0; i < 3000; i++) assert.equal(w.get(keys[i]).value, i);
const ref = new WeakRef(o);
assert.equal(ref.deref(), o);
assert.throws(() => new WeakRef(1), TypeError);
const registry = new FinalizationRegistry(() => {});
assert.equal(registry.register({}, 'held', o), undefined);
assert.equal(registry.unregister(o), true);
assert.equal(registry.unregister(o), false);
assert.throws(() => registry.register(o, o), TypeError);
