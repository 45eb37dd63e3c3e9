// SPDX-License-Identifier: MIT
/*---
description: Object.create and defineProperties take descriptors of enumerable properties.
---*/
var proto = { inherited: 1 };
var o = Object.create(proto, { a: { value: 1, enumerable: true }, b: { get: function () { return 2; } } });
assert.sameValue(Object.getPrototypeOf(o), proto);
assert.compareArray(Object.keys(o), ["a"]);
assert.sameValue(o.b, 2);
assert.sameValue(Object.getPrototypeOf(Object.create(null)), null);
assert.throws(TypeError, function () { Object.create(); });
assert.sameValue(Object.defineProperties(o, { c: { value: 3 } }).c, 3);
assert.throws(TypeError, function () { Object.defineProperties(o, { a: { value: 2 } }); });
