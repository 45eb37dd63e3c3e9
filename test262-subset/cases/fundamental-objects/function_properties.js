// SPDX-License-Identifier: MIT
/*---
description: name, length and prototype of functions.
---*/
function f(a, b = 1, c) {}
assert.sameValue(f.length, 1);
assert.sameValue(f.name, "f");
var arrow = (a, ...b) => a, o = { method() {}, get [Symbol.iterator]() { return 1; }, ["com" + "puted"]: function () {} };
assert.sameValue(arrow.name, "arrow");
assert.sameValue(arrow.length, 1);
assert.sameValue("prototype" in arrow, false);
assert.sameValue(o.method.name, "method");
assert.sameValue(Object.getOwnPropertyDescriptor(o, Symbol.iterator).get.name, "get [Symbol.iterator]");
assert.sameValue(o.computed.name, "computed");
assert.sameValue((function () {}).name, "");
assert.sameValue(f.prototype.constructor, f);
assert.compareArray(Object.keys(f.prototype), []);
assert.throws(TypeError, function () { new o.method(); });
assert.throws(TypeError, function () { new arrow(); });
assert.sameValue(Function.prototype(), undefined);
