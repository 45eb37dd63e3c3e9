// SPDX-License-Identifier: MIT
/*---
description: Function compiles its arguments in the global scope.
---*/
var x = "global";
function local() { var x = "local"; return new Function("a", "b = 2, ...c", "return x + a + b + c")(1, undefined, 3, 4); }
assert.sameValue(local(), "global123,4");
assert.sameValue(Function("return this")(), globalThis);
assert.sameValue(new Function("a,b", "").length, 2);
assert.sameValue(new Function().name, "anonymous");
assert.sameValue(new Function("a", "return a").toString(), "function anonymous(a\n) {\nreturn a\n}");
assert.throws(SyntaxError, function () { Function("}, function () {"); });
assert.throws(SyntaxError, function () { Function("/*", "*/) {"); });
