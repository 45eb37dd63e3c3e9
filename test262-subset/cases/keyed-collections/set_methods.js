// SPDX-License-Identifier: MIT
/*---
description: Set algebra with anything that looks like a set.
features: [set-methods]
---*/
var a = new Set([1, 2, 3]), b = new Set([3, 4]);
assert.compareArray([...a.union(b)], [1, 2, 3, 4]);
assert.compareArray([...a.intersection(b)], [3]);
assert.compareArray([...a.difference(b)], [1, 2]);
assert.compareArray([...a.symmetricDifference(b)], [1, 2, 4]);
assert(new Set([3]).isSubsetOf(a) && !a.isSubsetOf(b));
assert(a.isSupersetOf(new Set([1])) && !a.isSupersetOf(b));
assert(a.isDisjointFrom(new Set([9])) && !a.isDisjointFrom(b));
assert.compareArray([...a.union(new Map([[7, 8]]))], [1, 2, 3, 7]);
assert.compareArray([...a.intersection({ size: 1, has: (v) => v === 2, keys() { return [2].values(); } })], [2]);
assert.throws(TypeError, function () { a.union([1]); });
assert.throws(RangeError, function () { a.union({ size: -1, has() {}, keys() {} }); });
assert.throws(TypeError, function () { a.union({ size: NaN, has() {}, keys() {} }); });
