// SPDX-License-Identifier: MIT
/*---
description: Old octal numbers, with and delete of names are for sloppy code only.
flags: [onlyStrict]
---*/
["010", "09", "'\\01'", "'\\8'", "with ({}) ;", "var x; delete x", "function f(a, a) {}", "if (1) function f() {}",
 "try {} catch (eval) {}", "arguments = 1", "public = 1", "a: function f() {}"].forEach(function (text) {
  assert.throws(SyntaxError, function () { Function("'use strict';" + text); }, text);
});
