// SPDX-License-Identifier: MIT
/*---
description: ToPrimitive asks Symbol.toPrimitive with the hint, then valueOf and toString in the order that the hint says.
features: [Symbol.toPrimitive]
---*/
var hints = [];
var o = { [Symbol.toPrimitive](hint) { hints.push(hint); return 1; } };
+o;
`${o}`;
o + "";
o == 1;
o < 1;
assert.compareArray(hints, ["number", "string", "default", "default", "number"]);
var order = [];
var p = { valueOf() { order.push("valueOf"); return {}; }, toString() { order.push("toString"); return "t"; } };
assert.sameValue(p + 1, "t1");
assert.compareArray(order, ["valueOf", "toString"]);
assert.throws(TypeError, function () { +{ valueOf: null, toString: null }; });
