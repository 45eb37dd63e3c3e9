// SPDX-License-Identifier: MIT
/*---
description: String converts; its objects are exotic.
---*/
assert.sameValue(String(), "");
assert.sameValue(String(Symbol("a")), "Symbol(a)");
assert.throws(TypeError, function () { new String(Symbol()); });
assert.sameValue(String([1, [2, 3]]), "1,2,3");
var s = new String("ab");
assert.sameValue(s.length, 2);
assert.sameValue(s[1], "b");
assert.sameValue(1 in s, true);
assert.sameValue(Reflect.set(s, 1, "x"), false);
assert.sameValue(s.valueOf(), "ab");
assert.sameValue(s.toString(), "ab");
assert.compareArray(Reflect.ownKeys(s), ["0", "1", "length"]);
assert.throws(TypeError, function () { String.prototype.valueOf.call({}); });
assert.throws(TypeError, function () { String.prototype.toString.call(1); });
