// SPDX-License-Identifier: MIT
/*---
description: slice, substring, substr, split, concat, repeat.
---*/
assert.sameValue("abcdef".slice(-3, -1), "de");
assert.sameValue("abcdef".slice(4, 2), "");
assert.sameValue("abcdef".substring(4, 2), "cd");
assert.sameValue("abcdef".substring(NaN, -1), "");
assert.sameValue("abcdef".substr(-3, 2), "de");
assert.compareArray("a,b,".split(","), ["a", "b", ""]);
assert.compareArray("abc".split("", 2), ["a", "b"]);
assert.compareArray("".split(""), []);
assert.compareArray("".split(","), [""]);
assert.compareArray("abc".split(), ["abc"]);
assert.compareArray("abc".split("b", 0), []);
assert.sameValue("a".concat(1, null, [2]), "a1null2");
assert.sameValue("ab".repeat(3), "ababab");
assert.sameValue("".repeat(2 ** 30), "");
assert.throws(RangeError, function () { "a".repeat(-1); });
assert.throws(RangeError, function () { "a".repeat(Infinity); });
