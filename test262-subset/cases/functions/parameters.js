// SPDX-License-Identifier: MIT
/*---
description: Parameters have a scope of their own; defaults see those before them; length and name are inferred.
features: [default-parameters, rest-parameters]
---*/
var x = "outer";
function f(a, b = () => x, ...rest) { var x = "inner"; return [b(), x, rest.length]; }
assert.compareArray(f(1, undefined, 2, 3), ["outer", "inner", 2]);
assert.sameValue(f.length, 1);
assert.throws(ReferenceError, function () { (function (a = b, b) {})(); });
var named = () => {};
assert.sameValue(named.name, "named");
var { anonymous = function () {} } = {};
assert.sameValue(anonymous.name, "anonymous");
assert.sameValue({ get g() {} }.g, undefined);
assert.sameValue(Object.getOwnPropertyDescriptor({ get g() {} }, "g").get.name, "get g");
