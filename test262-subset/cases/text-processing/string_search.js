// SPDX-License-Identifier: MIT
/*---
description: Looking for texts in texts.
---*/
assert.sameValue("abcabc".indexOf("c"), 2);
assert.sameValue("abcabc".indexOf("c", 3), 5);
assert.sameValue("abc".indexOf("", 10), 3);
assert.sameValue("abcabc".lastIndexOf("a"), 3);
assert.sameValue("abcabc".lastIndexOf("a", 2), 0);
assert.sameValue("abc".lastIndexOf("", NaN), 3);
assert("abc".includes("bc") && !"abc".includes("ab", 1));
assert("abc".startsWith("b", 1) && !"abc".startsWith("b"));
assert("abc".endsWith("b", 2) && !"abc".endsWith("b") && "abc".endsWith(""));
assert.throws(TypeError, function () { "a".includes(/a/); });
assert.throws(TypeError, function () { "a".startsWith(/a/); });
assert.throws(TypeError, function () { "a".endsWith(/a/); });
