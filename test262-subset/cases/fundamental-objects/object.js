// SPDX-License-Identifier: MIT
/*---
description: Descriptors, integrity levels, grouping and entries.
includes: [propertyHelper.js]
features: [Object.fromEntries, array-grouping]
---*/
verifyProperty(Object, "groupBy", { writable: true, enumerable: false, configurable: true });
var o = Object.defineProperty({}, "x", { get() { return 1; }, configurable: true });
assert.sameValue(Object.getOwnPropertyDescriptor(o, "x").set, undefined);
assert.throws(TypeError, function () { Object.defineProperty(Object.freeze({}), "a", { value: 1 }); });
assert.sameValue(JSON.stringify(Object.fromEntries(Object.entries({ a: 1, b: 2 }))), '{"a":1,"b":2}');
assert.sameValue(JSON.stringify(Object.groupBy([1, 2, 3], n => (n % 2 ? "odd" : "even"))), '{"odd":[1,3],"even":[2]}');
