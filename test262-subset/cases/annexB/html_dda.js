// SPDX-License-Identifier: MIT
/*---
description: An object like document.all: undefined to typeof, ==, and conditions.
features: [IsHTMLDDA]
---*/
var all = $262.IsHTMLDDA;
assert.sameValue(typeof all, "undefined");
assert(all == null && all == undefined && all !== undefined);
assert.sameValue(all ? 1 : 2, 2);
assert.sameValue(all(), null);
assert.sameValue(all ?? 5, all);
