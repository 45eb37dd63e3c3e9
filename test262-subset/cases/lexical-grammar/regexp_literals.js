// SPDX-License-Identifier: MIT
/*---
description: A slash begins a pattern where no operator can stand.
---*/
var a = 4, g = 2;
assert.sameValue(a / 2 / g, 1);
assert.sameValue(/[/]/.source, "[/]");
assert.sameValue((() => { return /x/g.flags; })(), "g");
assert.sameValue([/a/, /b/i].length, 2);
assert.notSameValue((() => /a/)(), (() => /a/)());
["/a", "/a/gg", "/(/", "/[/", "/a\n/"].forEach(function (text) { assert.throws(SyntaxError, function () { eval(text); }, text); });
