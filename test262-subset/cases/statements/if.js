// SPDX-License-Identifier: MIT
/*---
description: if, else, and the dangling else.
---*/
function pick(v) { if (v > 1) if (v > 2) return "big"; else return "two"; else if (v) return "one"; return "none"; }
assert.compareArray([pick(3), pick(2), pick(1), pick(0)], ["big", "two", "one", "none"]);
assert.sameValue(eval("1; if (false) 2;"), undefined);
if ("0") var ran = 1;
assert.sameValue(ran, 1);
