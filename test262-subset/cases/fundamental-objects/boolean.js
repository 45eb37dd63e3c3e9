// SPDX-License-Identifier: MIT
/*---
description: Booleans and their objects.
---*/
assert.sameValue(Boolean(""), false);
assert.sameValue(Boolean([]), true);
assert.sameValue(typeof new Boolean(false), "object");
assert.sameValue(new Boolean(false) ? 1 : 2, 1);
assert.sameValue(new Boolean(0).valueOf(), false);
assert.sameValue(true.toString() + new Boolean("").toString(), "truefalse");
assert.throws(TypeError, function () { Boolean.prototype.valueOf.call(1); });
assert.throws(TypeError, function () { Boolean.prototype.toString.call({}); });
