// SPDX-License-Identifier: MIT
/*---
description: BigInt arithmetic and conversion.
features: [BigInt]
---*/
assert.sameValue(BigInt("0xff"), 255n);
assert.sameValue(BigInt("  12  "), 12n);
assert.sameValue(BigInt(""), 0n);
assert.sameValue(BigInt(true), 1n);
assert.sameValue(BigInt(2 ** 53) * 3n, 27021597764222976n);
assert.throws(RangeError, function () { BigInt(1.5); });
assert.throws(SyntaxError, function () { BigInt("1.5"); });
assert.throws(SyntaxError, function () { BigInt("1n"); });
assert.throws(TypeError, function () { BigInt(undefined); });
assert.throws(TypeError, function () { new BigInt(1); });
assert.throws(TypeError, function () { 1n + 1; });
assert.throws(TypeError, function () { +1n; });
assert.throws(RangeError, function () { 1n / 0n; });
assert.throws(RangeError, function () { 2n ** -1n; });
assert.sameValue(-7n / 2n, -3n);
assert.sameValue(-7n % 2n, -1n);
assert.sameValue(2n ** 100n, 1267650600228229401496703205376n);
assert.sameValue(-5n >> 1n, -3n);
assert.sameValue(5n << 70n, 5902958103587056517120n);
assert.sameValue(~5n, -6n);
assert.sameValue(-6n & 255n, 250n);
assert.sameValue((-6n | 3n) ^ 1n, -6n);
assert(1n < 2 && 2n == 2 && 2n !== 2 && 1n < 1.5 && "10" > 9n);
assert.throws(TypeError, function () { 1n >>> 0n; });
