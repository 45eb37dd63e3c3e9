// SPDX-License-Identifier: MIT
/*---
description: A revoked proxy refuses everything.
features: [Proxy]
---*/
var pair = Proxy.revocable({}, {});
pair.proxy.a = 1;
assert.sameValue(pair.proxy.a, 1);
assert.sameValue(pair.revoke(), undefined);
pair.revoke();
assert.throws(TypeError, function () { pair.proxy.a; });
assert.throws(TypeError, function () { Object.getPrototypeOf(pair.proxy); });
assert.throws(TypeError, function () { Array.isArray(pair.proxy); });
assert.sameValue(typeof pair.proxy, "object");
assert.sameValue(typeof Proxy.revocable(function () {}, {}).proxy, "function");
