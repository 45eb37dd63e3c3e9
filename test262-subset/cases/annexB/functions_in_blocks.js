// SPDX-License-Identifier: MIT
/*---
description: A function in a block of sloppy code is also a variable of the function around it.
flags: [noStrict]
---*/
assert.sameValue(f, undefined);
{ function f() { return 1; } }
assert.sameValue(f(), 1);
if (true) function g() { return 2; }
assert.sameValue(g(), 2);
(function () {
  let h = 5;
  { function h() {} }
  assert.sameValue(h, 5);
})();
