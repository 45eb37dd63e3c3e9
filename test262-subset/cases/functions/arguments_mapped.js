// SPDX-License-Identifier: MIT
/*---
description: A sloppy function's arguments object shares its parameters until an element is redefined.
flags: [noStrict]
---*/
function f(a, b) {
  arguments[0] = 10;
  b = 20;
  assert.sameValue(a, 10);
  assert.sameValue(arguments[1], 20);
  Object.defineProperty(arguments, "0", { writable: false });
  a = 30;
  assert.sameValue(arguments[0], 10);
  delete arguments[1];
  arguments[1] = 40;
  assert.sameValue(b, 20);
  return arguments.length;
}
assert.sameValue(f(1, 2, 3), 3);
function g(a, b = 1) { arguments[0] = 9; return a; }
assert.sameValue(g(1), 1);
