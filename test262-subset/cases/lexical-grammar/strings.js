// SPDX-License-Identifier: MIT
/*---
description: Literals of texts and their escapes.
---*/
assert.sameValue('\x41\u0042\u{43}\n\t\v\b\r\f\0\'\"\\\q\
', "ABC\n\u0009\u000b\u0008\u000d\u000c\u0000'\"\\q");
assert.sameValue("\u2028".length, 1);
assert.sameValue(eval('"\u2028"').length, 1);
["'\n'", "'\\x4'", "'\\u{110000}'", "'\\u00'", "'", "`", "`${`"].forEach(function (text) {
  assert.throws(SyntaxError, function () { eval(text); }, text);
});
