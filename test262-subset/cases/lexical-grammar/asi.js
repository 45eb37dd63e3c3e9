// SPDX-License-Identifier: MIT
/*---
description: Semicolons are inserted before offending tokens, at restricted productions and at the end.
---*/
var a = 1
var b = a
++a
assert.sameValue(b, 1);
assert.sameValue(a, 2);
function f() {
  return
  1;
}
assert.sameValue(f(), undefined);
do a = 5; while (false) assert.sameValue(a, 5)
