// SPDX-License-Identifier: MIT
/*---
description: Sorting is stable, puts undefined and holes last, and compares texts by default.
features: [stable-array-sort]
---*/
assert.compareArray([10, 9, 1].sort(), [1, 10, 9]);
assert.compareArray([3, 1, 2].sort((a, b) => b - a), [3, 2, 1]);
var sorted = [3, undefined, , 1].sort();
assert.compareArray(sorted.slice(0, 3), [1, 3, undefined]);
assert.sameValue(3 in sorted, false);
var pairs = Array.from({ length: 600 }, (_, i) => ({ k: i % 3, i }));
pairs.sort((a, b) => a.k - b.k);
assert(pairs.every((p, i) => i === 0 || pairs[i - 1].k < p.k || (pairs[i - 1].k === p.k && pairs[i - 1].i < p.i)));
assert.throws(TypeError, function () { [].sort(null); });
assert.throws(RangeError, function () { [1, 2].sort(function () { throw new RangeError; }); });
