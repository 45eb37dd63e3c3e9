// SPDX-License-Identifier: MIT
/*---
description: Numbers are doubles; bit operators see 32 bits.
---*/
assert.sameValue(0.1 + 0.2, 0.30000000000000004);
assert.sameValue(2 ** 53 + 1, 2 ** 53);
assert.sameValue(1 / -0, -Infinity);
assert.sameValue(2 ** 32 | 0, 0);
assert.sameValue(-1 >>> 0, 4294967295);
assert.sameValue(1 << 33, 2);
assert.sameValue(-5 % 3, -2);
assert.sameValue(-4 % 2, -0);
assert.sameValue(5.5 % 2, 1.5);
assert.sameValue(NaN | 1, 1);
assert.sameValue(~~-2.7, -2);
assert.sameValue(2147483647 + 1, 2147483648);
assert.sameValue(65536 * 65536, 4294967296);
assert.sameValue(-(0), -0);
