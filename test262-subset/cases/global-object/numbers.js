// SPDX-License-Identifier: MIT
/*---
description: parseInt, parseFloat, isNaN, isFinite convert.
---*/
assert.sameValue(parseInt(" -0x1fz"), -31);
assert.sameValue(parseInt("12", 3), 5);
assert.sameValue(parseInt("9", 8), NaN);
assert.sameValue(parseInt("-0"), -0);
assert.sameValue(parseInt(1e21), 1);
assert.sameValue(parseInt("11", 37), NaN);
assert.sameValue(parseInt("9007199254740993"), 9007199254740992);
assert.sameValue(parseFloat(" 1.5e3x"), 1500);
assert.sameValue(parseFloat(".5."), 0.5);
assert.sameValue(parseFloat("-Infinityx"), -Infinity);
assert.sameValue(parseFloat("0x1"), 0);
assert.sameValue(parseFloat("1_0"), 1);
assert(isNaN("x") && !isNaN("1") && isNaN(undefined));
assert(isFinite("1") && !isFinite("Infinity") && isFinite(null));
assert.throws(TypeError, function () { isNaN(1n); });
