// SPDX-License-Identifier: MIT
/*---
description: The methods that arrays have as well.
---*/
var a = new Int16Array([3, 1, 2]);
assert.sameValue(a.at(-1), 2);
assert.compareArray(a.map((x) => x * 2), [6, 2, 4]);
assert.compareArray(a.filter((x) => x > 1), [3, 2]);
assert.compareArray([a.find((x) => x < 3), a.findIndex((x) => x === 2), a.findLast((x) => x > 1), a.findLastIndex((x) => x > 2)], [1, 2, 2, 0]);
assert.compareArray([a.indexOf(2), a.lastIndexOf(3), a.includes(1), a.join("-")], [2, 0, true, "3-1-2"]);
assert.compareArray([a.every((x) => x > 0), a.some((x) => x > 5)], [true, false]);
assert.sameValue(a.reduce((x, y) => x + "" + y) + a.reduceRight((x, y) => x + "" + y), "312213");
assert.compareArray(new Int16Array(a).sort(), [1, 2, 3]);
assert.compareArray(new Int16Array(a).sort((x, y) => y - x), [3, 2, 1]);
assert.compareArray(new Float32Array([NaN, 0, -0, -1]).sort(), [-1, -0, 0, NaN]);
assert.compareArray(new Int16Array(a).reverse(), [2, 1, 3]);
assert.compareArray(new Int16Array(a).fill(7, 1), [3, 7, 7]);
assert.compareArray(new Int16Array(a).copyWithin(0, 1), [1, 2, 2]);
assert.compareArray([...a.keys(), ...a.values(), ...a.entries()].flat(), [0, 1, 2, 3, 1, 2, 0, 3, 1, 1, 2, 2]);
var seen = [];
a.forEach((v, i) => seen.push(v, i));
assert.compareArray(seen, [3, 0, 1, 1, 2, 2]);
assert.compareArray(a.toReversed(), [2, 1, 3]);
assert.compareArray(a.toSorted(), [1, 2, 3]);
assert.compareArray(a.with(0, 9), [9, 1, 2]);
assert.sameValue(a.toString, Array.prototype.toString);
assert.sameValue(a.toLocaleString(), "3,1,2");
assert.throws(TypeError, function () { Int8Array.prototype.map.call([], (x) => x); });
