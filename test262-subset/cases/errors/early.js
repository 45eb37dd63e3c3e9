// SPDX-License-Identifier: MIT
/*---
description: Errors of the text come before anything runs.
---*/
var ran = 0;
["ran = 1; let a; let a", "ran = 1; break", "ran = 1; return", "ran = 1; 1 = 2", "ran = 1; new.target", "ran = 1; super.x", "ran = 1; const c",
 "ran = 1; a: a: ;", "ran = 1; continue x", "ran = 1; ({a: 1, __proto__: 1, __proto__: 2})", "ran = 1; class { #a; #a }", "ran = 1; x.#y",
 "ran = 1; (a, a) => 1", "ran = 1; function f(a = super.b) {}", "ran = 1; for (let x = 1 of []) ;", "ran = 1; async () => await", "ran = 1; a?.b = 1",
 "ran = 1; ({a = 1})", "ran = 1; import.meta", "ran = 1; `${}`", "ran = 1; a ?? b || c", "ran = 1; -1 ** 2", "ran = 1; delete this.#x", "ran = 1; let [a, a] = []"]
  .forEach(function (text) { assert.throws(SyntaxError, function () { (0, eval)(text); }, text); });
assert.sameValue(ran, 0);
