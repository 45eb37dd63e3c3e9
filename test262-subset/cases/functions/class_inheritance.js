// SPDX-License-Identifier: MIT
/*---
description: extends: functions, null, built-ins, expressions.
---*/
class A { constructor(x) { this.x = x; } }
class B extends A {}
assert(new B(5).x === 5 && Object.getPrototypeOf(B) === A && B.length === 0);
class E extends Error { constructor(m) { super(m); this.name = "E"; } }
assert.sameValue(String(new E("m")), "E: m");
class L extends Array { sum() { return this.reduce((a, b) => a + b, 0); } }
assert.sameValue(L.of(1, 2, 3).sum(), 6);
class N extends null { static s() { return 1; } }
assert.sameValue(Object.getPrototypeOf(N.prototype), null);
assert.sameValue(N.s(), 1);
function Old() { this.old = new.target === Old; }
class New extends Old {}
assert.sameValue(new New().old, false);
assert.throws(TypeError, function () { class X extends (() => 1) {} });
class M extends Map { get(k) { return super.get(k) ?? "none"; } }
assert.sameValue(new M([[1, 2]]).get(3), "none");
