// SPDX-License-Identifier: MIT
/*---
description: compile and what RegExp remembers of the last match.
---*/
var r = /a/g;
r.lastIndex = 1;
assert.sameValue(r.compile("b+", "i"), r);
assert.sameValue(String(r), "/b+/i");
assert.sameValue(r.lastIndex, 0);
/(b)(c)(d)(e)(f)(g)(h)(i)(j)/.exec("abcdefghijk");
assert.sameValue(RegExp.$1 + RegExp.$2 + RegExp.$3 + RegExp.$4 + RegExp.$5 + RegExp.$6 + RegExp.$7 + RegExp.$8 + RegExp.$9, "bcdefghij");
assert.sameValue(RegExp.lastMatch + RegExp["$&"], "bcdefghijbcdefghij");
assert.sameValue(RegExp.lastParen + RegExp["$+"], "jj");
assert.sameValue(RegExp.leftContext + RegExp["$`"], "aa");
assert.sameValue(RegExp.rightContext + RegExp["$'"], "kk");
assert.sameValue(RegExp.input + RegExp.$_, "abcdefghijkabcdefghijk");
RegExp.input = "set";
assert.sameValue(RegExp.$_, "set");
RegExp.$_ = "again";
assert.sameValue(RegExp.input, "again");
