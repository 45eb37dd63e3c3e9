// SPDX-License-Identifier: MIT
/*---
description: Flags u and v: code points, properties, sets of strings.
features: [regexp-unicode-property-escapes, regexp-v-flag]
---*/
assert.sameValue(/^.$/u.test("\u{1f600}"), true);
assert.sameValue(/^.$/.test("\u{1f600}"), false);
assert.sameValue(/\u{1f600}/u.test("\u{1f600}"), true);
assert.sameValue(/^\p{Lu}\P{Lu}+$/u.test("Abc"), true);
assert.sameValue(/\p{Script=Greek}/u.test("\u03b1"), true);
assert.sameValue(/\u017f/iu.test("S"), true);
assert.sameValue(/\u017f/i.test("S"), false);
assert.sameValue(/^[\p{L}--[a-z]]$/v.test("a"), false);
assert.sameValue(/^[\w&&\d]$/v.test("5"), true);
assert.sameValue(/^[\q{abc|d}x]$/v.exec("abc")[0], "abc");
assert.sameValue(/^\p{RGI_Emoji_Flag_Sequence}$/v.test("\u{1f1e9}\u{1f1ea}"), true);
assert.throws(SyntaxError, function () { new RegExp("\\-", "u"); });
assert.throws(SyntaxError, function () { new RegExp("\\p{Nope}", "u"); });
assert.throws(SyntaxError, function () { new RegExp("{", "u"); });
