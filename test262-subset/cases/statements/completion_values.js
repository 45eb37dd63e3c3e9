// SPDX-License-Identifier: MIT
/*---
description: eval gives the completion value of the last statement that has one.
flags: [noStrict]
---*/
assert.sameValue(eval("1; var a = 2;"), 1);
assert.sameValue(eval("2; if (false) 3;"), undefined);
assert.sameValue(eval("4; do { 5; continue; } while (false)"), 5);
assert.sameValue(eval("6; try { 7; } finally { 8; }"), 7);
assert.sameValue(eval("9; switch (1) { case 1: }"), undefined);
assert.sameValue(eval("l: { 10; break l; }"), 10);
assert.sameValue(eval("1; {}"), 1);
