// SPDX-License-Identifier: MIT
/*---
description: Math.sumPrecise rounds once.
features: [Math.sumPrecise]
---*/
assert.sameValue(Math.sumPrecise([1e20, 0.1, -1e20]), 0.1);
assert.sameValue(Math.sumPrecise([]), -0);
assert.sameValue(Math.sumPrecise([-0, -0]), -0);
assert.sameValue(Math.sumPrecise([-0, 0]), 0);
assert.sameValue(Math.sumPrecise([Infinity, -Infinity]), NaN);
assert.sameValue(Math.sumPrecise([1e308, 1e308, -1e308, -1e308, 5]), 5);
assert.throws(TypeError, function () { Math.sumPrecise([1n]); });
assert.throws(TypeError, function () { Math.sumPrecise(["1"]); });
assert.throws(TypeError, function () { Math.sumPrecise(); });
