// SPDX-License-Identifier: MIT
/*---
description: Descriptors as they are read; all of them at once.
---*/
function f() {}
var o = { get a() { return 1; }, b: 2 };
var d = Object.getOwnPropertyDescriptors(o);
assert.compareArray(Object.keys(d), ["a", "b"]);
assert.compareArray(Object.keys(d.a), ["get", "set", "enumerable", "configurable"]);
assert.compareArray(Object.keys(d.b), ["value", "writable", "enumerable", "configurable"]);
assert.sameValue(Object.getOwnPropertyDescriptor(o, "c"), undefined);
assert.sameValue(Object.getOwnPropertyDescriptor("ab", 0).value, "a");
assert.sameValue(Object.getOwnPropertyDescriptor(f, "prototype").writable, true);
assert.throws(TypeError, function () { Object.getOwnPropertyDescriptor(undefined, "a"); });
