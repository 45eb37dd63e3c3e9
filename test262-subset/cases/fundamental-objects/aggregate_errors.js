// SPDX-License-Identifier: MIT
/*---
description: AggregateError and SuppressedError carry other errors.
features: [AggregateError, explicit-resource-management]
---*/
var e = new AggregateError(new Set([1, 2]), "m", { cause: 3 });
assert.compareArray(e.errors, [1, 2]);
assert.sameValue(e.message, "m");
assert.sameValue(e.cause, 3);
assert.sameValue(Object.keys(e).length, 0);
assert.throws(TypeError, function () { AggregateError(); });
var s = new SuppressedError(1, 2, "m");
assert.sameValue(s.error, 1);
assert.sameValue(s.suppressed, 2);
assert.sameValue(s.message, "m");
assert.sameValue(SuppressedError.length, 3);
assert(SuppressedError(1, 2) instanceof Error);
