// SPDX-License-Identifier: MIT
/*---
description: Rounding keeps the sign of zero and does not go through floats.
---*/
assert.sameValue(Math.round(-0.5), -0);
assert.sameValue(Math.round(2.5), 3);
assert.sameValue(Math.round(0.49999999999999994), 0);
assert.sameValue(Math.round(4503599627370495.5), 4503599627370496);
assert.sameValue(Math.floor(-0), -0);
assert.sameValue(Math.floor(-1.5), -2);
assert.sameValue(Math.ceil(-0.5), -0);
assert.sameValue(Math.ceil(1.2), 2);
assert.sameValue(Math.trunc(-0.9), -0);
assert.sameValue(Math.trunc(1e300), 1e300);
assert.sameValue(Math.sign(-0), -0);
assert.sameValue(Math.sign(-3), -1);
assert.sameValue(Math.sign(NaN), NaN);
assert.sameValue(Math.abs(-0), 0);
assert.sameValue(Math.abs("-3"), 3);
