// SPDX-License-Identifier: MIT
/*---
description: Direct eval sees and makes local variables, indirect eval global ones.
flags: [noStrict]
---*/
var v = "global";
function f() {
  var v = "local";
  assert.sameValue(eval("v"), "local");
  assert.sameValue((0, eval)("v"), "global");
  eval("var made = 1");
  assert.sameValue(made, 1);
  eval("'use strict'; var hidden = 1");
  assert.sameValue(typeof hidden, "undefined");
  let l;
  assert.throws(SyntaxError, function () { { let l; eval("{ var l; }"); } });
}
f();
assert.sameValue(typeof made, "undefined");
