// SPDX-License-Identifier: MIT
/*---
description: The arguments object of simple and other parameter lists.
flags: [noStrict]
---*/
function mapped(a, b) { arguments[0] = 9; b = 8; return [a, arguments[1], arguments.length, arguments.callee === mapped]; }
assert.compareArray(mapped(1, 2, 3), [9, 8, 3, true]);
assert.compareArray(mapped(), [undefined, undefined, 0, true]);
function unmapped(a = 0) { arguments[0] = 9; return a; }
assert.sameValue(unmapped(1), 1);
function shadowed(arguments) { return arguments; }
assert.sameValue(shadowed(5), 5);
function deleted(a) { delete arguments[0]; arguments[0] = 3; return a; }
assert.sameValue(deleted(1), 1);
