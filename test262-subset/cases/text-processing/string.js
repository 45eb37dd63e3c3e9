// SPDX-License-Identifier: MIT
/*---
description: Code points, well-formedness, normalisation, padding and case.
features: [String.prototype.isWellFormed, String.prototype.at]
---*/
assert.compareArray([..."a😀b"], ["a", "😀", "b"]);
assert.sameValue("\uD800x".toWellFormed(), "\uFFFDx");
assert.sameValue("e\u0301".normalize(), "\u00e9");
assert.sameValue("ß".toUpperCase(), "SS");
assert.sameValue("ΑΣ".toLowerCase(), "ας");
assert.sameValue("5".padStart(3, "ab"), "ab5");
assert.sameValue("abc".at(-1), "c");
assert.throws(RangeError, function () { "a".repeat(-1); });
assert.sameValue("a-b-c".split("-").join(""), "abc");
