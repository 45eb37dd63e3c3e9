// SPDX-License-Identifier: MIT
/*---
description: with puts an object before the scope.
flags: [noStrict]
---*/
var o = { x: 1, [Symbol.unscopables]: { hidden: true }, hidden: 2 }, hidden = 3, outside;
with (o) {
  x = 5; assert.sameValue(hidden, 3);
  var made = function () { return x; };
  outside = typeof x;
}
assert.compareArray([o.x, made(), outside], [5, 5, "number"]);
with ("abc") assert.sameValue(length, 3);
assert.throws(TypeError, function () { with (null) ; });
