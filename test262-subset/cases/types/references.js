// SPDX-License-Identifier: MIT
/*---
description: Getting and setting on primitives; assignment to what is not there.
flags: [onlyStrict]
---*/
assert.throws(TypeError, function () { undefined.x; });
assert.throws(TypeError, function () { null.x = 1; });
assert.throws(TypeError, function () { (5).x = 1; });
assert.throws(TypeError, function () { "abc".length = 1; });
assert.throws(ReferenceError, function () { notDeclared = 1; });
assert.throws(ReferenceError, function () { notDeclared; });
Object.defineProperty(Number.prototype, "me", { get() { return this; }, configurable: true });
assert.sameValue((5).me, 5);
delete Number.prototype.me;
