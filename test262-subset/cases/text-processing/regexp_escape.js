// SPDX-License-Identifier: MIT
/*---
description: RegExp.escape.
features: [RegExp.escape]
---*/
assert.sameValue(RegExp.escape("a.b"), "\\x61\\.b");
assert.sameValue(RegExp.escape("1"), "\\x31");
assert.sameValue(RegExp.escape("_-\n \ud800"), "_\\x2d\\n\\x20\\ud800");
assert.throws(TypeError, function () { RegExp.escape(1); });
assert(new RegExp("^" + RegExp.escape("x(*)[+]/") + "$", "u").test("x(*)[+]/"));
