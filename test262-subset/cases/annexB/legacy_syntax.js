// SPDX-License-Identifier: MIT
/*---
description: HTML-like comments, octal literals, __proto__, with and var in catch.
flags: [noStrict]
---*/
var a = 1; <!-- a = 2;
--> a = 3;
assert.sameValue(a, 1);
assert.sameValue(010, 8);
assert.sameValue("\101", "A");
assert.sameValue(Object.getPrototypeOf({ __proto__: null }), null);
with ({ a: 5 }) assert.sameValue(a, 5);
try { throw 1; } catch (e) { var e = 2; }
assert.sameValue(e, undefined);
assert.sameValue(escape("ä%"), "%E4%25");
assert.sameValue("abc".substr(-2, 1), "b");
