// SPDX-License-Identifier: MIT
/*---
description: Number formatting and parsing, Math, BigInt.
features: [BigInt, exponentiation, Math.sumPrecise, Float16Array]
---*/
assert.sameValue((1.005).toFixed(2), "1.00");
assert.sameValue((123.456).toPrecision(4), "123.5");
assert.sameValue((0).toExponential(2), "0.00e+0");
assert.sameValue(parseInt("0x1f"), 31);
assert.sameValue(parseFloat("3.14abc"), 3.14);
assert.sameValue(Number(" \n0b11 "), 3);
assert.sameValue(Math.sumPrecise([1e100, 1, -1e100]), 1);
assert.sameValue(Math.f16round(1.337), 1.3369140625);
assert.sameValue(Math.hypot(3, 4), 5);
assert.sameValue(2n ** 64n, 18446744073709551616n);
assert.sameValue(-7n / 2n, -3n);
assert.sameValue(BigInt.asIntN(8, 255n), -1n);
assert.throws(TypeError, function () { 1n + 1; });
