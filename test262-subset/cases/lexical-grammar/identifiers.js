// SPDX-License-Identifier: MIT
/*---
description: Names in every script, and escaped.
---*/
var ünï = 1, \u0061b = 2, \u{62}c = 3, $_ = 4, 变量 = 5, a‌b = 6;
assert.compareArray([ünï, ab, bc, $_, 变量, a\u200cb], [1, 2, 3, 4, 5, 6]);
assert.sameValue({ if: 1, class: 2 }.class, 2);
assert.throws(SyntaxError, function () { eval("var 1a"); });
assert.throws(SyntaxError, function () { eval("var i\\u0066"); });
assert.throws(SyntaxError, function () { eval("v\\u0061r x"); });
assert.throws(SyntaxError, function () { eval("\\u{110000}"); });
