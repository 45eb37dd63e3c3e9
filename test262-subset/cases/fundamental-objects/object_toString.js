// SPDX-License-Identifier: MIT
/*---
description: Object.prototype.toString names the kind, or what Symbol.toStringTag says.
features: [Symbol.toStringTag]
---*/
function kind(v) { return Object.prototype.toString.call(v); }
assert.sameValue(kind(), "[object Undefined]");
assert.sameValue(kind(null), "[object Null]");
assert.sameValue(kind([]), "[object Array]");
assert.sameValue(kind(new Proxy([], {})), "[object Array]");
assert.sameValue(kind(function () {}), "[object Function]");
assert.sameValue(kind(new Error), "[object Error]");
assert.sameValue(kind(true), "[object Boolean]");
assert.sameValue(kind(1), "[object Number]");
assert.sameValue(kind(""), "[object String]");
assert.sameValue(kind(new Date), "[object Date]");
assert.sameValue(kind(/a/), "[object RegExp]");
assert.sameValue(kind((function () { return arguments; })()), "[object Arguments]");
assert.sameValue(kind({ [Symbol.toStringTag]: "Mine" }), "[object Mine]");
assert.sameValue(kind(Math), "[object Math]");
assert.sameValue(kind(function* () {}()), "[object Generator]");
