// SPDX-License-Identifier: MIT
/*---
description: Texts are sequences of 16-bit units.
---*/
var s = "a\u{1f600}\0\ud800";
assert.sameValue(s.length, 5);
assert.sameValue(s[2], "\ude00");
assert("a" < "b" && "a" < "aa" && "\uffff" > "\ud83d\ude00" && "B" < "a");
assert.sameValue("x" + "y" === "xy", true);
