// SPDX-License-Identifier: MIT
/*---
description: Padding and trimming.
features: [string-trimming]
---*/
assert.sameValue("5".padStart(3, "ab"), "ab5");
assert.sameValue("5".padEnd(4, "ab"), "5aba");
assert.sameValue("5".padStart(3), "  5");
assert.sameValue("5".padEnd(3, ""), "5");
var space = "\t\v\f \u00a0\ufeff\u2003\n\r\u2028\u2029";
assert.sameValue((space + "a b" + space).trim(), "a b");
assert.sameValue((space + "a" + space).trimStart(), "a" + space);
assert.sameValue((space + "a" + space).trimEnd(), space + "a");
assert.sameValue("\u180ea".trim(), "\u180ea");
assert.sameValue(String.prototype.trimLeft, String.prototype.trimStart);
assert.sameValue(String.prototype.trimRight.name, "trimEnd");
