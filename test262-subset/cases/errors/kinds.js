// SPDX-License-Identifier: MIT
/*---
description: The engine's own errors are of the right kind, and of the right realm.
---*/
assert.throws(TypeError, function () { null(); });
assert.throws(TypeError, function () { ({}).x.y; });
assert.throws(ReferenceError, function () { x; let x; });
assert.throws(RangeError, function () { new Array(-1); });
assert.throws(RangeError, function () { (function f() { f(); })(); });
assert.throws(URIError, function () { decodeURI("%"); });
assert.throws(SyntaxError, function () { eval("("); });
assert.throws(TypeError, function () { const c = 1; c = 2; });
assert.throws(TypeError, function () { class A {} A(); });
assert.throws(TypeError, function () { var { a } = null; });
assert.throws(TypeError, function () { var [a] = {}; });
assert.throws(TypeError, function () { new (class extends null {}); });
var other = $262.createRealm().global;
assert.throws(other.TypeError, other.Function("null.x"));
