// SPDX-License-Identifier: MIT
/*---
description: Object.defineProperty checks descriptors and what is there already.
---*/
var o = Object.defineProperty({}, "x", { value: 1 });
var d = Object.getOwnPropertyDescriptor(o, "x");
assert.sameValue(d.value, 1);
assert(!d.writable && !d.enumerable && !d.configurable);
Object.defineProperty(o, "x", { value: 1, writable: false });
assert.throws(TypeError, function () { Object.defineProperty(o, "x", { value: 2 }); });
assert.throws(TypeError, function () { Object.defineProperty(o, "x", { enumerable: true }); });
assert.throws(TypeError, function () { Object.defineProperty(o, "y", { value: 1, get: function () {} }); });
assert.throws(TypeError, function () { Object.defineProperty(o, "y", { get: 1 }); });
assert.throws(TypeError, function () { Object.defineProperty(o, "y", 1); });
assert.throws(TypeError, function () { Object.defineProperty(1, "y", {}); });
Object.defineProperty(o, "z", { get: undefined, configurable: true });
assert.sameValue(o.z, undefined);
Object.defineProperty(o, "z", { value: 5 });
assert.sameValue(Object.getOwnPropertyDescriptor(o, "z").writable, false);
