// SPDX-License-Identifier: MIT
/*---
description: super finds methods where the method was made.
---*/
var proto = { m() { return "proto" + this.x; }, get v() { return this.x; } };
var o = { __proto__: proto, x: 1, m() { return super.m() + super["v"]; }, set(v) { super.y = v; } };
assert.sameValue(o.m(), "proto11");
o.set(2);
assert(Object.hasOwn(o, "y") && !("y" in proto));
var borrowed = { m: o.m, x: 3 };
assert.sameValue(borrowed.m(), "proto33");
class A { constructor() { this.a = new.target.name; } static s() { return "s"; } }
class B extends A { constructor() { assert.throws(ReferenceError, () => this); super(); assert.throws(ReferenceError, () => super()); } static s() { return super.s() + 1; } }
assert.sameValue(new B().a + B.s(), "Bs1");
assert.throws(ReferenceError, function () { new (class extends A { constructor() {} }); });
assert.sameValue(typeof new (class extends A { constructor() { return {}; } })().a, "undefined");
