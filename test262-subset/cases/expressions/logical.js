// SPDX-License-Identifier: MIT
/*---
description: &&, ||, ?? and ?: evaluate what they need.
---*/
var log = [], t = (v) => (log.push(v), v);
assert.compareArray([t(0) && t(1), t(2) || t(3), t(null) ?? t(4), t(false) ?? t(5), t(1) ? t(6) : t(7)], [0, 2, 4, false, 6]);
assert.sameValue(log.join(), "0,2,,4,false,1,6");
assert.sameValue((null || undefined) ?? "x", "x");
assert.sameValue(1 && 2 || 3, 2);
