// SPDX-License-Identifier: MIT
/*---
description: Global variables and functions are properties; let and const are not.
flags: [noStrict]
---*/
var v = 1; let l = 2; const c = 3; function f() {} class K {}
assert.compareArray(["v", "l", "c", "f", "K"].map((n) => n in globalThis), [true, false, false, true, false]);
var d = Object.getOwnPropertyDescriptor(globalThis, "v");
assert(d.writable && d.enumerable && !d.configurable);
assert.throws(SyntaxError, function () { $262.evalScript("let l"); });
assert.throws(SyntaxError, function () { $262.evalScript("var c"); });
assert.throws(SyntaxError, function () { $262.evalScript("let v"); });
$262.evalScript("var v; let m = 5;");
assert.sameValue(m, 5);
assert.throws(TypeError, function () { $262.evalScript("function NaN() {}"); });
undeclared = 1;
assert.sameValue(Object.getOwnPropertyDescriptor(globalThis, "undeclared").configurable, true);
