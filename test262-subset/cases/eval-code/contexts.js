// SPDX-License-Identifier: MIT
/*---
description: What eval code may use of the function around it.
---*/
class A { #p = 1; m() { return eval("this.#p + super.toString.name"); } f = eval("() => typeof this + new.target"); constructor() { this.t = eval("new.target === A"); } }
var a = new A;
assert.compareArray([a.m(), a.f(), a.t], ["1toString", "objectundefined", true]);
assert.throws(SyntaxError, function () { eval("super.x"); });
assert.throws(SyntaxError, function () { (0, eval)("new.target"); });
assert.throws(SyntaxError, function () { class B { f = eval("arguments"); } new B; });
function g(a = eval("var b = 2; a0"), a0) {}
assert.throws(ReferenceError, function () { g(); });
