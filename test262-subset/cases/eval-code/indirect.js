// SPDX-License-Identifier: MIT
/*---
description: Indirect eval sees the global scope only.
flags: [noStrict]
---*/
var x = "global";
(function () {
  var x = "local";
  assert.sameValue((0, eval)("x"), "global");
  assert.sameValue(eval?.("x"), "global");
  assert.sameValue(eval("x"), "local");
  (0, eval)("var made = 1; let hidden = 2; function f() { return 3; }");
})();
assert.sameValue(made + f(), 4);
assert.sameValue(typeof hidden, "undefined");
assert.sameValue(delete made, true);
assert.sameValue(eval(5), 5);
assert.sameValue(eval(), undefined);
assert.sameValue(eval(new String("1")) instanceof String, true);
