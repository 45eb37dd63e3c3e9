// SPDX-License-Identifier: MIT
/*---
description: asIntN, asUintN, toString, valueOf.
features: [BigInt]
---*/
assert.sameValue(BigInt.asIntN(8, 255n), -1n);
assert.sameValue(BigInt.asIntN(0, 5n), 0n);
assert.sameValue(BigInt.asIntN(64, 2n ** 63n), -(2n ** 63n));
assert.sameValue(BigInt.asUintN(8, -1n), 255n);
assert.sameValue(BigInt.asUintN(65, -1n), 2n ** 65n - 1n);
assert.throws(RangeError, function () { BigInt.asUintN(-1, 0n); });
assert.throws(TypeError, function () { BigInt.asIntN(1, 1); });
assert.sameValue((-255n).toString(16), "-ff");
assert.sameValue((10n ** 30n).toString(), "1" + "0".repeat(30));
assert.sameValue((2n ** 64n).toString(36), "3w5e11264sgsg");
assert.throws(RangeError, function () { (1n).toString(1); });
assert.sameValue(Object(5n).valueOf(), 5n);
assert.sameValue(typeof (5n).toLocaleString(), "string");
assert.throws(TypeError, function () { BigInt.prototype.valueOf.call(1); });
