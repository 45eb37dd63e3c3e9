// SPDX-License-Identifier: MIT
/*---
description: Inheritance of properties, setters, and read-only properties.
flags: [onlyStrict]
---*/
var proto = { x: 1, get y() { return this.x + 1; }, set z(v) { this.w = v; } }, o = { __proto__: proto };
o.z = 5;
assert.compareArray([o.x, o.y, o.w, Object.hasOwn(o, "z")], [1, 2, 5, false]);
o.x = 10;
assert.compareArray([o.y, proto.x], [11, 1]);
Object.defineProperty(proto, "r", { value: 1 });
assert.throws(TypeError, function () { o.r = 2; });
assert.throws(TypeError, function () { o.y = 2; });
assert.throws(TypeError, function () { delete Object.freeze({ a: 1 }).a; });
