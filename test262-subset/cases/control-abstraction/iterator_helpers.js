// SPDX-License-Identifier: MIT
/*---
description: Lazy helpers pull one value at a time and close what they leave.
features: [iterator-helpers]
---*/
function* numbers() { try { for (var i = 0; ; i++) yield i; } finally { closed++; } }
var closed = 0;
assert.compareArray(numbers().filter((x) => x % 2).map((x) => x * x).drop(1).take(2).toArray(), [9, 25]);
assert.sameValue(closed, 1);
assert.compareArray(numbers().flatMap((x) => [x, -x]).take(4).toArray(), [0, -0, 1, -1]);
assert.sameValue(numbers().some((x) => x > 3) && !numbers().every((x) => x < 3), true);
assert.sameValue(numbers().find((x) => x > 4), 5);
assert.sameValue([1, 2, 3].values().reduce((a, b) => a + b), 6);
var seen = [];
[4, 5].values().forEach((v, i) => seen.push(v, i));
assert.compareArray(seen, [4, 0, 5, 1]);
assert.throws(TypeError, function () { numbers().map(1); });
assert.throws(RangeError, function () { numbers().take(-1); });
assert.throws(RangeError, function () { numbers().drop(NaN); });
assert.throws(TypeError, function () { [].values().reduce((a) => a); });
var helper = numbers().map((x) => x);
assert.sameValue(helper[Symbol.toStringTag], "Iterator Helper");
helper.next();
assert.compareArray([helper.return().done, helper.next().done], [true, true]);
