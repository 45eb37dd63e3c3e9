// SPDX-License-Identifier: MIT
/*---
description: Array literals: holes, spread, trailing comma.
---*/
var a = [1, , 3, ...[4, 5], ..."ab", ,];
assert.sameValue(a.length, 8);
assert(!(1 in a) && !(7 in a) && a[5] === "a");
assert.compareArray([...new Set([1, 1, 2])], [1, 2]);
assert.throws(TypeError, function () { [...1]; });
assert.sameValue([[], [[]]][1][0].length, 0);
