// SPDX-License-Identifier: MIT
/*---
description: Another realm has its own intrinsics; errors and arrays belong to the realm of the function.
features: [cross-realm]
---*/
var other = $262.createRealm().global;
assert.notSameValue(other.Array, Array);
assert.sameValue(Array.isArray(new other.Array()), true);
assert.sameValue(Object.getPrototypeOf(other.eval("[]")), other.Array.prototype);
assert.throws(other.TypeError, function () { other.eval("null.x"); });
assert.sameValue(other.Symbol.iterator, Symbol.iterator);
