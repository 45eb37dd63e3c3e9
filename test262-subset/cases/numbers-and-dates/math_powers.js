// SPDX-License-Identifier: MIT
/*---
description: Powers, roots, logarithms at the points where they are exact.
---*/
assert.sameValue(Math.pow(2, 10), 1024);
assert.sameValue(Math.pow(1, Infinity), NaN);
assert.sameValue(Math.pow(NaN, 0), 1);
assert.sameValue(Math.pow(-0, -1), -Infinity);
assert.sameValue((-8) ** (1 / 3), NaN);
assert.sameValue(Math.sqrt(2), Math.SQRT2);
assert.sameValue(Math.sqrt(-0), -0);
assert.sameValue(Math.cbrt(-27), -3);
assert.sameValue(Math.exp(0), 1);
assert.sameValue(Math.expm1(-0), -0);
assert.sameValue(Math.log(1), 0);
assert.sameValue(Math.log(-1), NaN);
assert.sameValue(Math.log1p(-1), -Infinity);
assert.sameValue(Math.log2(8), 3);
assert.sameValue(Math.log10(1000), 3);
assert.sameValue(Math.exp(1), Math.E);
