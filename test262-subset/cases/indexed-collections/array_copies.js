// SPDX-License-Identifier: MIT
/*---
description: Methods that change a copy.
features: [change-array-by-copy]
---*/
var a = [3, , 1];
assert.compareArray(a.toReversed(), [1, undefined, 3]);
assert.compareArray(a.toSorted(), [1, 3, undefined]);
assert.compareArray(a.toSpliced(0, 1, "x", "y"), ["x", "y", undefined, 1]);
assert.compareArray(a.with(-1, 9), [3, undefined, 9]);
assert.sameValue(1 in a, false);
assert.throws(RangeError, function () { a.with(3, 0); });
assert.throws(TypeError, function () { a.toSorted(1); });
