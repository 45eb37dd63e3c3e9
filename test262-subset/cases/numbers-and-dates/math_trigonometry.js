// SPDX-License-Identifier: MIT
/*---
description: Trigonometric functions at their special points.
---*/
assert.sameValue(Math.sin(-0), -0);
assert.sameValue(Math.cos(0), 1);
assert.sameValue(Math.tan(-0), -0);
assert.sameValue(Math.asin(2), NaN);
assert.sameValue(Math.asin(-0), -0);
assert.sameValue(Math.acos(1), 0);
assert.sameValue(Math.acos(-1), Math.PI);
assert.sameValue(Math.atan(Infinity), Math.PI / 2);
assert.sameValue(Math.atan2(0, -0), Math.PI);
assert.sameValue(Math.atan2(-0, 1), -0);
assert.sameValue(Math.sinh(-0), -0);
assert.sameValue(Math.cosh(0), 1);
assert.sameValue(Math.tanh(-Infinity), -1);
assert.sameValue(Math.asinh(-0), -0);
assert.sameValue(Math.acosh(1), 0);
assert.sameValue(Math.acosh(0.5), NaN);
assert.sameValue(Math.atanh(1), Infinity);
assert.sameValue(Math.sin(Infinity), NaN);
