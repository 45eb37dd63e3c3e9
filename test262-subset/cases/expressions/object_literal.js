// SPDX-License-Identifier: MIT
/*---
description: Object literals: every form of property.
---*/
var a = 1, key = "k", o = { a, b: 2, "c d": 3, 4: 4, 0x10: 5, 1n: 6, [key + 1]: 7, get g() { return 8; }, set g(v) { this.s = v; }, m() { return 9; },
  *gen() { yield 10; }, async am() {}, async *ag() {}, ...{ x: 11, y: 12 }, ...null, ..."z", get: 13, set: 14, async: 15, "m2"() { return super.toString; } };
o.g = 16;
assert.compareArray([o.a, o.b, o["c d"], o[4], o[16], o[1], o.k1, o.g, o.m(), [...o.gen()][0], o.x, o.y, o[0], o.get, o.set, o.async, o.s],
                    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "z", 13, 14, 15, 16]);
assert.sameValue(o.m2(), Object.prototype.toString);
assert(o.am() instanceof Promise && typeof o.ag()[Symbol.asyncIterator] === "function");
assert.sameValue({ a: 1, a: 2 }.a, 2);
assert.throws(TypeError, function () { new o.m(); });
