// SPDX-License-Identifier: MIT
/*---
description: Quantifiers, classes, assertions, back references.
features: [regexp-lookbehind]
---*/
assert.compareArray(/(a*?)(a*)/.exec("aa"), ["aa", "", "aa"]);
assert.compareArray(/(?:(a)|b){2}/.exec("ab"), ["ab", undefined]);
assert.compareArray(/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac"), ["zaacbbbcac", "z", "ac", "a", undefined, "c"]);
assert.sameValue(/a{2,3}/.exec("aaaa")[0], "aaa");
assert.sameValue(/\bfoo\B/.exec("a fooo").index, 2);
assert.sameValue(/(?<=\$)\d+(?!\d|\.)/.exec("$12.5 $34")[0], "34");
assert.sameValue(/(?<!a)b/.exec("abcb").index, 3);
assert.sameValue(/(?=(a+))a*b\1/.exec("baaabac")[0], "aba");
assert.sameValue(/^b$/m.exec("a\nb\nc").index, 2);
assert.sameValue(/[^\W\d_]+/.exec("12_ab")[0], "ab");
assert.sameValue(/[\b\-\]]/.exec("\b").index, 0);
assert.sameValue(/\x41\u0042\cJ\0/.test("AB\n\0"), true);
assert.sameValue(/.|\s/s.exec("\n")[0], "\n");
assert.sameValue(/(?<a>.)\k<a>/.exec("abb")[0], "bb");
assert.sameValue(/(?<y>\d)x|x(?<y>\d)/.exec("x7").groups.y, "7");
