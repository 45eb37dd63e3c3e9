// SPDX-License-Identifier: MIT
/*---
description: The length of an array is what it is set to, as far as elements let it.
flags: [onlyStrict]
---*/
var a = [1, 2, 3];
a.length = 1;
assert.compareArray(a, [1]);
a[4] = 5;
assert.sameValue(a.length, 5);
assert.throws(RangeError, function () { a.length = -1; });
assert.throws(RangeError, function () { a.length = 1.5; });
Object.defineProperty(a, 2, { value: 1, configurable: false });
assert.throws(TypeError, function () { a.length = 0; });
assert.sameValue(a.length, 3);
Object.freeze(a);
assert.throws(TypeError, function () { a.push(1); });
var big = [];
big[4294967294] = 1;
assert.sameValue(big.length, 4294967295);
big[4294967295] = 2;
assert.sameValue(big.length, 4294967295);
assert.throws(RangeError, function () { big.push(1); });
