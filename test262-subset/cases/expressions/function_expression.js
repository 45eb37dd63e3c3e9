// SPDX-License-Identifier: MIT
/*---
description: Names of function expressions are theirs alone.
flags: [noStrict]
---*/
var f = function g(n) { g = 1; return n ? g(n - 1) : typeof g; };
assert.sameValue(f(3), "function");
assert.sameValue(typeof g, "undefined");
assert.sameValue((function () { return arguments.length; })(1, 2, 3), 3);
assert.throws(TypeError, function () { "use strict"; (function h() { h = 1; })(); });
