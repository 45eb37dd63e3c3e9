// SPDX-License-Identifier: MIT
/*---
description: The kinds of errors and how they inherit.
---*/
[EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].forEach(function (E) {
  assert.sameValue(Object.getPrototypeOf(E), Error);
  assert.sameValue(Object.getPrototypeOf(E.prototype), Error.prototype);
  assert.sameValue(E.prototype.message, "");
  assert.sameValue(new E("x", { cause: 1 }).cause, 1);
  assert.sameValue(String(E("x")), E.name + ": x");
  assert.sameValue(E.length, 1);
});
class Mine extends RangeError { get name() { return "Mine"; } }
assert.sameValue(String(new Mine("x")), "Mine: x");
assert(new Mine instanceof Error);
