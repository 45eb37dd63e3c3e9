// SPDX-License-Identifier: MIT
/*---
description: Methods over holes, species, stable sorting, copying methods and the length.
features: [Array.prototype.flat, change-array-by-copy, stable-array-sort]
---*/
assert.sameValue(1 in [1, , 3].map(x => x), false);
assert.compareArray([3, 1, undefined, 2].sort(), [1, 2, 3, undefined]);
var people = [["b", 1], ["a", 1], ["c", 0]].sort((x, y) => x[1] - y[1]).map(p => p[0]);
assert.compareArray(people, ["c", "b", "a"]);
class Mine extends Array {}
assert(new Mine(1, 2, 3).map(x => x) instanceof Mine);
assert.compareArray([1, [2, [3]]].flat(Infinity), [1, 2, 3]);
assert.compareArray([3, 1, 2].toSorted(), [1, 2, 3]);
assert.compareArray([1, 2, 3].with(-1, 9), [1, 2, 9]);
assert.throws(RangeError, function () { [].length = -1; });
var spliced = [1, 2, 3, 4];
assert.compareArray(spliced.splice(1, 2, "x"), [2, 3]);
assert.compareArray(spliced, [1, "x", 4]);
