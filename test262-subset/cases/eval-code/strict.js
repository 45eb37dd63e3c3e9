// SPDX-License-Identifier: MIT
/*---
description: Strict eval code keeps its variables to itself.
flags: [onlyStrict]
---*/
eval("var x = 1; function f() {}");
assert.sameValue(typeof x + typeof f, "undefinedundefined");
assert.throws(SyntaxError, function () { eval("with ({}) ;"); });
assert.sameValue(eval("var y = 2; y"), 2);
