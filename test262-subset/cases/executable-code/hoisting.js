// SPDX-License-Identifier: MIT
/*---
description: Functions and vars exist before their line.
flags: [noStrict]
---*/
assert.sameValue(typeof early, "function");
assert.sameValue(later, undefined);
var later = 1;
function early() { return 2; }
function early() { return 3; }
assert.sameValue(early(), 3);
var early2 = 1;
function early2() {}
assert.sameValue(early2, 1);
(function () {
  assert.sameValue(inner, undefined);
  if (false) { var inner; }
})();
