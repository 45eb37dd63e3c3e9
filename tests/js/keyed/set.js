// SPDX-License-Identifier: MIT
// Set and the set operations, with sets, set-likes, and set-likes that change what they are compared with.
'use strict';
const assert = require('../lib/assert.js');

const s = new Set([3, 1, 3, NaN, NaN, -0, 'a']);
assert.deepEqual([...s], [3, 1, NaN, 0, 'a']);
assert.equal(s.add(0), s);
assert.equal(s.size, 5);
assert.equal(Set.prototype.keys, Set.prototype.values);
assert.equal(Set.prototype[Symbol.iterator], Set.prototype.values);
assert.deepEqual([...new Set('ab').entries()], [['a', 'a'], ['b', 'b']]);
const order = [];
s.forEach(function (v, k, all) { order.push(v === k || v !== v, all === s, this.x); }, { x: 1 });
assert.equal(order.length, 15);

const a = new Set([1, 2, 3, 4]), b = new Set([6, 4, 2]);
const like = (values) => ({ size: values.length, has: (v) => values.includes(v), keys: () => values[Symbol.iterator]() });
for (const other of [b, like([6, 4, 2])]) {
  assert.deepEqual([...a.union(other)], [1, 2, 3, 4, 6]);
  assert.deepEqual([...a.intersection(other)], [4, 2]);
  assert.deepEqual([...a.difference(other)], [1, 3]);
  assert.deepEqual([...a.symmetricDifference(other)], [1, 3, 6]);
  assert.equal(a.isSubsetOf(other), false);
  assert.equal(a.isSupersetOf(other), false);
  assert.equal(a.isDisjointFrom(other), false);
  assert.equal(new Set([2, 4]).isSubsetOf(other), true);
  assert.equal(new Set([2, 4, 6, 8]).isSupersetOf(other), true);
  assert.equal(new Set([1, 3]).isDisjointFrom(other), true);
  assert.deepEqual([...new Set([2, 9]).intersection(other)], [2]);
  assert.deepEqual([...new Set([2, 9]).difference(other)], [9]);
}
assert.deepEqual([...new Set([1, 2]).union(new Map([[2, 'x'], [3, 'y']]))], [1, 2, 3]);
assert.throws(() => a.union([1]), TypeError);
assert.throws(() => a.union(1), TypeError);
assert.throws(() => a.union({ size: NaN, has() {}, keys() {} }), "The 'size' property must be a number");
assert.throws(() => a.union({ size: -1, has() {}, keys() {} }), RangeError);
assert.throws(() => a.union({ size: 1, has: 1, keys() {} }), TypeError);
assert.deepEqual([...new Set([0]).union(like([-0]))], [0]);

// The other side deletes and adds while it is asked.
const shrinking = new Set([1, 2, 3]);
assert.deepEqual([...shrinking.intersection({ size: 9, has(v) { shrinking.delete(v + 1); return true; }, keys() {} })], [1, 3]);
const growing = new Set([1]);
assert.equal(growing.isSubsetOf({ size: 9, has(v) { if (v < 5) growing.add(v + 1); return true; }, keys() {} }), true);
assert.equal(growing.size, 5);
let closed = 0;
const closing = { size: 1, has: () => true, keys: () => ({ next: () => ({ value: 99, done: false }), return() { closed++; return {}; } }) };
assert.equal(new Set([1, 2]).isSupersetOf(closing), false);
assert.equal(new Set([99, 2]).isDisjointFrom(closing), false);
assert.equal(closed, 2);

assert.throws(() => new Set(1), TypeError);
class Odd extends Set { add(v) { return super.add(v * 2 + 1); } }
assert.deepEqual([...new Odd([1, 2])], [3, 5]);
