// SPDX-License-Identifier: MIT
/*---
description: Object.is and hasOwn.
features: [Object.is, Object.hasOwn]
---*/
assert(Object.is(NaN, NaN) && !Object.is(0, -0) && Object.is("a", "a") && !Object.is({}, {}));
assert(Object.hasOwn({ a: 1 }, "a") && !Object.hasOwn({}, "toString") && Object.hasOwn("ab", 1));
assert.throws(TypeError, function () { Object.hasOwn(null, "a"); });
