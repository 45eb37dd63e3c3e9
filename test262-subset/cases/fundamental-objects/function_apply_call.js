// SPDX-License-Identifier: MIT
/*---
description: apply, call and bind.
---*/
function f() { return [typeof this, this && this.x, arguments.length].concat(Array.from(arguments)); }
assert.compareArray(f.call({ x: 1 }, 2, 3), ["object", 1, 2, 2, 3]);
assert.compareArray(f.apply({ x: 1 }, { length: 2, 0: "a" }), ["object", 1, 2, "a", undefined]);
assert.compareArray(f.apply({ x: 1 }, null), ["object", 1, 0]);
assert.throws(TypeError, function () { f.apply(null, 1); });
assert.throws(TypeError, function () { Function.prototype.call.call(1); });
var bound = f.bind({ x: 5 }, "first");
assert.compareArray(bound("second"), ["object", 5, 2, "first", "second"]);
assert.compareArray(bound.call({ x: 6 }), ["object", 5, 1, "first"]);
assert.sameValue(bound.name, "bound f");
assert.sameValue(function (a, b, c) {}.bind(null, 1).length, 2);
function C(a, b) { this.sum = a + b; }
var B = C.bind(null, 1);
assert.sameValue(new B(2).sum, 3);
assert(new B(2) instanceof C && new B(2) instanceof B);
assert.sameValue("prototype" in B, false);
