// SPDX-License-Identifier: MIT
/*---
description: Comments and white space of every kind.
---*/
var/**/a/*
*/=/* x */1// end
assert.sameValue(a, 1);
assert.sameValue(eval("1//\u20282"), 2);
assert.sameValue(eval("1\u00a0+\ufeff\u20031"), 2);
assert.sameValue(eval("/*\n*/1"), 1);
assert.throws(SyntaxError, function () { eval("/* "); });
