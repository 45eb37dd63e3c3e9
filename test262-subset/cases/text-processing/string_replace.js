// SPDX-License-Identifier: MIT
/*---
description: Replacing texts by texts and by functions.
features: [String.prototype.replaceAll]
---*/
assert.sameValue("abcb".replace("b", "[$&$`$']"), "a[bacb]cb");
assert.sameValue("abcb".replace("b", "$$"), "a$cb");
assert.sameValue("abcb".replaceAll("b", (m, at, s) => m + at + s.length), "ab14cb34");
assert.sameValue("aaa".replaceAll("", "-"), "-a-a-a-");
assert.sameValue("abc".replace("x", 1), "abc");
assert.throws(TypeError, function () { "a".replaceAll(/a/, ""); });
assert.sameValue("a.b.c".replaceAll(".", "$1"), "a$1b$1c");
assert.sameValue("x".replace({ [Symbol.replace]: (s, r) => s + r }, "y"), "xy");
assert.sameValue("2020-10".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y>"), "10/2020");
assert.sameValue("abc".replace(/(b)(x)?/, "[$1$2$3]"), "a[b$3]c");
