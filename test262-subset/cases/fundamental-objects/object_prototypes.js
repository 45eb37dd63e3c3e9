// SPDX-License-Identifier: MIT
/*---
description: Object.getPrototypeOf and setPrototypeOf, cycles and fixed objects.
---*/
var a = {}, b = {};
assert.sameValue(Object.setPrototypeOf(a, b), a);
assert.sameValue(Object.getPrototypeOf(a), b);
assert.throws(TypeError, function () { Object.setPrototypeOf(b, a); });
assert.throws(TypeError, function () { Object.setPrototypeOf(Object.preventExtensions({}), a); });
assert.throws(TypeError, function () { Object.setPrototypeOf({}, 1); });
assert.throws(TypeError, function () { Object.setPrototypeOf(Object.prototype, {}); });
assert.sameValue(Object.setPrototypeOf(1, null), 1);
assert.sameValue(Object.getPrototypeOf(1), Number.prototype);
