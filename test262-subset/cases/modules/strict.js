// SPDX-License-Identifier: MIT
/*---
description: Module code is strict and its this is undefined.
flags: [module]
---*/
assert.sameValue(this, undefined);
assert.throws(ReferenceError, function () { undeclared = 1; });
var v = 1;
assert.sameValue("v" in globalThis, false);
assert.throws(SyntaxError, function () { Function("import 'x'"); });
