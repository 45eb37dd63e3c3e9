// SPDX-License-Identifier: MIT
/*---
description: What every object has.
---*/
var o = Object.create({ inherited: 1 }, { hidden: { value: 1 } });
o.own = 1;
assert(o.hasOwnProperty("own") && o.hasOwnProperty("hidden") && !o.hasOwnProperty("inherited"));
assert(o.propertyIsEnumerable("own") && !o.propertyIsEnumerable("hidden") && !o.propertyIsEnumerable("inherited"));
assert(Object.prototype.isPrototypeOf(o) && !o.isPrototypeOf({}) && !o.isPrototypeOf(1));
assert.sameValue(o.valueOf(), o);
assert.sameValue({ toString: function () { return "mine"; } }.toLocaleString(), "mine");
assert.throws(TypeError, function () { Object.prototype.valueOf.call(undefined); });
