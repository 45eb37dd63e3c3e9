// SPDX-License-Identifier: MIT
/*---
description: What sloppy code may say.
flags: [noStrict]
---*/
assert.sameValue(010 + 08, 16);
assert.sameValue("\101\0", "A\0");
assert.sameValue(eval("'\\8'"), "8");
with ({ inside: 1 }) assert.sameValue(inside, 1);
if (true) function declared() { return 1; }
assert.sameValue(declared(), 1);
label: function labelled() {}
for (var i = 5 in {}) ;
assert.sameValue(i, 5);
try { throw 1; } catch (e) { var e = 2; }
assert.sameValue(e, undefined);
function same(a, a) { return a; }
assert.sameValue(same(1, 2), 2);
assert.throws(ReferenceError, function () { same() = 1; });
