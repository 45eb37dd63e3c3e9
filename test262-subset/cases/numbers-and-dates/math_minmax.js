// SPDX-License-Identifier: MIT
/*---
description: min, max and hypot of any number of arguments.
---*/
assert.sameValue(Math.max(), -Infinity);
assert.sameValue(Math.min(), Infinity);
assert.sameValue(Math.max(-0, 0), 0);
assert.sameValue(Math.min(0, -0), -0);
assert.sameValue(Math.max(1, NaN, 2), NaN);
assert.sameValue(Math.hypot(3, 4), 5);
assert.sameValue(Math.hypot(), 0);
assert.sameValue(Math.hypot(NaN, Infinity), Infinity);
var log = [];
Math.max(NaN, { valueOf: function () { log.push(1); return 1; } });
assert.compareArray(log, [1]);
