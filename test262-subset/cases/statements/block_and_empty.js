// SPDX-License-Identifier: MIT
/*---
description: Blocks, empty statements, expression statements, debugger.
flags: [noStrict]
---*/
;;;
{ }
{ ; { var inside = 1; } }
debugger;
assert.sameValue(inside, 1);
assert.sameValue(eval("1; ;"), 1);
assert.sameValue(eval("2; {}"), 2);
assert.sameValue(eval("3; var x = 4"), 3);
