// SPDX-License-Identifier: MIT
/*---
description: Fields, private or not, are made when the object is, in order.
---*/
var log = [];
class Base { base = log.push("base"); constructor() { log.push("constructor"); } }
class A extends Base { x = log.push("x"); #y = this.x + 1; static z = log.push("static"); ["k"] = 1; arrow = () => this; constructor() { log.push("before"); super(); log.push("after"); } y() { return this.#y; } setY(v) { this.#y = v; } }
assert.compareArray(log, ["static"]);
var a = new A;
assert.compareArray(log, ["static", "before", "base", "constructor", "x", "after"]);
assert.compareArray([a.y(), a.arrow() === a, a.k], [6, true, 1]);
a.setY(3);
assert.sameValue(a.y(), 3);
assert.throws(TypeError, function () { A.prototype.setY.call({}, 1); });
class Twice extends (function (o) { return o; }) { #p = 1; constructor(o) { super(o); } }
var o = {};
new Twice(o);
assert.throws(TypeError, function () { new Twice(o); });
class D { static f() { return this.#q; } static #q = 4; static set #w(v) { log.push(v); } static w() { D.#w = "w"; } }
assert.sameValue(D.f(), 4);
D.w();
assert.sameValue(log.at(-1), "w");
