// SPDX-License-Identifier: MIT
/*---
description: What old patterns may say.
---*/
assert.sameValue(/\c/.exec("\\c")[0], "\\c");
assert.sameValue(/[\c_]/.test("\x1f"), true);
assert.sameValue(/a{/.exec("a{")[0], "a{");
assert.sameValue(/]/.exec("]")[0], "]");
assert.sameValue(/\101\8/.exec("A8")[0], "A8");
assert.sameValue(/\1(a)/.exec("aa")[0], "a");
assert.sameValue(/(?=a)*b/.exec("b")[0], "b");
assert.sameValue(/[\w-a]+/.exec("b-")[0], "b-");
assert.sameValue(/\k<a>/.exec("k<a>")[0], "k<a>");
