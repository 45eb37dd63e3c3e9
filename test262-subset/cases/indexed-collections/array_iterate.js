// SPDX-License-Identifier: MIT
/*---
description: Functions over all elements; holes are left out.
---*/
var seen = [];
[1, , 3].forEach(function (v, i, array) { seen.push(v, i, array.length, this.x); }, { x: 9 });
assert.compareArray(seen, [1, 0, 3, 9, 3, 2, 3, 9]);
var mapped = [1, , 3].map((v) => v * 2);
assert(mapped.length === 3 && !(1 in mapped) && mapped[2] === 6);
assert.compareArray([1, 2, 3, 4].filter((v) => v % 2), [1, 3]);
assert([].every(() => false) && ![].some(() => true));
assert([1, 2].every((v) => v > 0) && [1, 2].some((v) => v > 1));
assert.sameValue([1, 2, 3].reduce((a, b) => a + "-" + b), "1-2-3");
assert.sameValue([1, 2, 3].reduceRight((a, b) => a + "-" + b, 0), "0-3-2-1");
assert.throws(TypeError, function () { [].reduce((a) => a); });
assert.throws(TypeError, function () { [,].reduceRight((a) => a); });
assert.throws(TypeError, function () { [].map(1); });
