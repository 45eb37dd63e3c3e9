// SPDX-License-Identifier: MIT
/*---
description: Methods, getters, setters, static or not.
---*/
class A { static sm() { return "sm"; } m() { return "m"; } get g() { return this.v; } set g(v) { this.v = v * 2; } static get sg() { return "sg"; } static set sg(v) { this.set = v; } ["c" + 1]() { return "c1"; } *gen() { yield this.v; } async am() { return 1; } static async *sag() {} }
var a = new A;
a.g = 5;
A.sg = 7;
assert.compareArray([A.sm(), a.m(), a.g, A.sg, A.set, a.c1(), [...a.gen()][0], a.am() instanceof Promise], ["sm", "m", 10, "sg", 7, "c1", 10, true]);
assert.compareArray(Object.keys(A.prototype), []);
assert.sameValue(A.prototype.constructor, A);
assert.sameValue(Object.getOwnPropertyDescriptor(A, "prototype").writable, false);
assert.throws(TypeError, function () { new a.m; });
