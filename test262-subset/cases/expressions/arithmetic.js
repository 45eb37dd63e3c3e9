// SPDX-License-Identifier: MIT
/*---
description: Operators of arithmetic, with and without conversion.
---*/
assert.compareArray([1 + 2, "1" + 2, 1 + "2", 3 - "1", "3" * "4", 7 / 2, 7 % 4, -7 % 4, 2 ** 3 ** 2, (-2) ** 2, 1 + null, 1 + undefined, [] + {}, true + true],
                    [3, "12", "12", 2, 12, 3.5, 3, -3, 512, 4, 1, NaN, "[object Object]", 2]);
assert.compareArray([1 << 31, 1 >> 1, -1 >>> 28, 5 & 3, 5 | 3, 5 ^ 3, 1 << 32, 2 ** -1], [-2147483648, 0, 15, 1, 7, 6, 1, 0.5]);
assert.compareArray([1 / 0, -1 / 0, 0 / 0, 0 * -1, 5 % 0, Infinity % 2, 5 % Infinity, -0 + 0, -0 - 0], [Infinity, -Infinity, NaN, -0, NaN, NaN, 5, 0, -0]);
assert.throws(TypeError, function () { 1n * 2; });
