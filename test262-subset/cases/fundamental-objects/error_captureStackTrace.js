// SPDX-License-Identifier: MIT
/*---
description: Error.captureStackTrace gives any object a stack.
---*/
var o = {};
assert.sameValue(Error.captureStackTrace(o), undefined);
assert.sameValue(typeof o.stack, "string");
assert.sameValue(typeof new Error("x").stack, "string");
