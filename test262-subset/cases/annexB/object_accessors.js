// SPDX-License-Identifier: MIT
/*---
description: The old ways to define and look up accessors, and __proto__.
---*/
var o = {};
o.__defineGetter__("a", function () { return 1; });
o.__defineSetter__("a", function (v) { this.set = v; });
o.a = 5;
assert.sameValue(o.a, 1);
assert.sameValue(o.set, 5);
assert.sameValue(Object.create(o).__lookupGetter__("a")(), 1);
assert.sameValue(typeof o.__lookupSetter__("a"), "function");
assert.sameValue(o.__lookupGetter__("b"), undefined);
assert.throws(TypeError, function () { o.__defineGetter__("c", 1); });
var proto = {};
o.__proto__ = proto;
assert.sameValue(o.__proto__, proto);
o.__proto__ = 1;
assert.sameValue(Object.getPrototypeOf(o), proto);
assert.sameValue(Object.getPrototypeOf({ __proto__: proto }), proto);
assert.sameValue(Object.getPrototypeOf({ "__proto__": null }), null);
assert.sameValue(Object.hasOwn({ ["__proto__"]: 1 }, "__proto__"), true);
var __proto__ = 3;
assert.sameValue({ __proto__ }.__proto__, 3);
