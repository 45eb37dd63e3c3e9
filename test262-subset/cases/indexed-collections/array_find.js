// SPDX-License-Identifier: MIT
/*---
description: Finding elements by value and by function.
---*/
var a = [1, NaN, 3, 1];
assert.sameValue(a.indexOf(NaN), -1);
assert.sameValue(a.includes(NaN), true);
assert.sameValue([,].includes(undefined), true);
assert.sameValue([,].indexOf(undefined), -1);
assert.sameValue(a.indexOf(1, 1), 3);
assert.sameValue(a.indexOf(1, -1), 3);
assert.sameValue(a.lastIndexOf(1), 3);
assert.sameValue(a.lastIndexOf(1, -2), 0);
assert.sameValue(a.find((v) => v > 2), 3);
assert.sameValue(a.findIndex((v) => v > 5), -1);
assert.sameValue(a.findLast((v) => v < 2), 1);
assert.sameValue(a.findLastIndex((v) => v === 1), 3);
assert.sameValue([0].indexOf(-0), 0);
assert.sameValue(a.at(-2), 3);
assert.sameValue(a.at(4), undefined);
assert.throws(TypeError, function () { a.find(); });
