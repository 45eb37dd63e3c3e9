// SPDX-License-Identifier: MIT
/*---
description: RegExp of patterns, flags and other RegExps.
---*/
assert.sameValue(String(new RegExp("/", "g")), "/\\//g");
assert.sameValue(new RegExp().source, "(?:)");
assert.sameValue(RegExp("\n").source, "\\n");
var r = /a/gi;
assert.sameValue(RegExp(r), r);
assert.notSameValue(new RegExp(r), r);
assert.sameValue(new RegExp(r).flags, "gi");
assert.sameValue(new RegExp(r, "m").flags, "m");
assert.throws(SyntaxError, function () { new RegExp("("); });
assert.throws(SyntaxError, function () { new RegExp("a", "gg"); });
assert.throws(SyntaxError, function () { new RegExp("a", "uv"); });
assert.sameValue(RegExp[Symbol.species], RegExp);
