// SPDX-License-Identifier: MIT
/*---
description: Object makes an object of a value, and leaves objects alone.
---*/
var o = {};
assert.sameValue(Object(o), o);
assert.sameValue(new Object(o), o);
assert.sameValue(typeof Object(1), "object");
assert.sameValue(Object(1).valueOf(), 1);
assert.sameValue(Object.getPrototypeOf(Object(null)), Object.prototype);
assert.sameValue(Object.getPrototypeOf(new Object(undefined)), Object.prototype);
assert.sameValue(Object.prototype.toString.call(Object(Symbol.iterator)), "[object Symbol]");
