// SPDX-License-Identifier: MIT
/*---
description: Errors: message, cause, toString.
features: [error-cause, Error.isError]
---*/
var cause = {}, e = new Error("m", { cause });
assert.sameValue(e.message, "m");
assert.sameValue(e.cause, cause);
assert.sameValue("cause" in new Error("m", {}), false);
assert.sameValue("message" in Object.assign({}, new Error), false);
assert.sameValue(Object.getOwnPropertyDescriptor(e, "message").enumerable, false);
assert.sameValue(Error("called") instanceof Error, true);
assert.sameValue(String(e), "Error: m");
assert.sameValue(Error.prototype.toString.call({ name: "N", message: "" }), "N");
assert.sameValue(Error.prototype.toString.call({ name: "", message: "M" }), "M");
assert.sameValue(Error.prototype.toString.call({}), "Error");
assert.throws(TypeError, function () { Error.prototype.toString.call("x"); });
assert(Error.isError(e) && Error.isError(new TypeError) && !Error.isError({ __proto__: Error.prototype }) && !Error.isError("e"));
