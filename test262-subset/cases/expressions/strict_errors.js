// SPDX-License-Identifier: MIT
/*---
description: What fails silently in sloppy code throws in strict code.
flags: [onlyStrict]
---*/
var frozen = Object.freeze({ a: 1 });
assert.throws(TypeError, function () { frozen.a = 2; });
assert.throws(TypeError, function () { delete frozen.a; });
assert.throws(TypeError, function () { frozen.b = 2; });
assert.throws(ReferenceError, function () { undeclaredName = 1; });
assert.throws(TypeError, function () { "text".length = 1; });
assert.sameValue((function () { return this; })(), undefined);
