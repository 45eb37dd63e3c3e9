// SPDX-License-Identifier: MIT
/*---
description: Math.random stays below 1 and changes.
---*/
var seen = new Set();
for (var i = 0; i < 100; i++) {
  var r = Math.random();
  assert(r >= 0 && r < 1);
  seen.add(r);
}
assert(seen.size > 90);
assert.sameValue(Math.LN2 + Math.LN10 + Math.LOG2E + Math.LOG10E + Math.SQRT1_2 > 5, true);
