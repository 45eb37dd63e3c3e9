// SPDX-License-Identifier: MIT
/*---
description: Number converts, BigInts too; constants.
---*/
assert.sameValue(Number(), 0);
assert.sameValue(Number("  0x1F\n"), 31);
assert.sameValue(Number("0b101"), 5);
assert.sameValue(Number("0o17"), 15);
assert.sameValue(Number("1_0"), NaN);
assert.sameValue(Number("Infinity"), Infinity);
assert.sameValue(Number(""), 0);
assert.sameValue(Number("-0"), -0);
assert.sameValue(Number(12n), 12);
assert.sameValue(Number([5]), 5);
assert.sameValue(typeof new Number(1), "object");
assert.sameValue(Number.MAX_SAFE_INTEGER, 9007199254740991);
assert.sameValue(Number.MIN_SAFE_INTEGER, -9007199254740991);
assert.sameValue(Number.EPSILON, Math.pow(2, -52));
assert.sameValue(Number.MAX_VALUE, 1.7976931348623157e308);
assert.sameValue(Number.MIN_VALUE, 5e-324);
assert.sameValue(Number.POSITIVE_INFINITY, -Number.NEGATIVE_INFINITY);
assert.sameValue(Number.NaN, NaN);
assert.sameValue(Number.parseFloat, parseFloat);
assert.sameValue(Number.parseInt, parseInt);
