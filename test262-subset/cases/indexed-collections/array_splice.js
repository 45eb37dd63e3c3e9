// SPDX-License-Identifier: MIT
/*---
description: splice, slice, concat, fill, copyWithin, reverse.
---*/
var a = [1, 2, 3, 4, 5];
assert.compareArray(a.splice(1, 2, "a", "b", "c"), [2, 3]);
assert.compareArray(a, [1, "a", "b", "c", 4, 5]);
assert.compareArray(a.splice(-2), [4, 5]);
assert.compareArray(a.splice(), []);
assert.compareArray(a.slice(-2, -1), ["b"]);
assert.compareArray([1].concat(2, [3, [4]])[3], [4]);
assert.sameValue([].concat({ length: 2, 0: 1, [Symbol.isConcatSpreadable]: true }).length, 2);
assert.compareArray([1, 2, 3].fill(0, 1, -1), [1, 0, 3]);
assert.compareArray([1, 2, 3, 4, 5].copyWithin(1, 3), [1, 4, 5, 4, 5]);
assert.compareArray([1, 2, 3, 4, 5].copyWithin(2, 0, 3), [1, 2, 1, 2, 3]);
var holes = [1, , 3, 4];
holes.reverse();
assert.compareArray([holes[0], 2 in holes, holes[3]], [4, false, 1]);
