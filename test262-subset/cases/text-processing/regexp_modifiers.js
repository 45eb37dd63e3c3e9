// SPDX-License-Identifier: MIT
/*---
description: Flags for a part of a pattern.
features: [regexp-modifiers]
---*/
assert.sameValue(/^(?i:a)b$/.test("Ab"), true);
assert.sameValue(/^(?i:a)b$/.test("AB"), false);
assert.sameValue(/^(?-i:a)b$/i.test("aB"), true);
assert.sameValue(/^(?-i:a)b$/i.test("AB"), false);
assert.sameValue(/(?s-m:^.$)/m.test("a\n\nb"), false);
assert.throws(SyntaxError, function () { new RegExp("(?ii:a)"); });
assert.throws(SyntaxError, function () { new RegExp("(?-:a)"); });
