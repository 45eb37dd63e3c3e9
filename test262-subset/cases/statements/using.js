// SPDX-License-Identifier: MIT
/*---
description: using disposes in reverse order at the end of the block and gathers errors.
features: [explicit-resource-management]
---*/
var log = [];
function resource(name, fails) { return { [Symbol.dispose]() { log.push(name); if (fails) throw name; } }; }
{
  using a = resource("a"), b = resource("b"), nothing = null;
  log.push("body");
}
assert.compareArray(log, ["body", "b", "a"]);
try {
  using c = resource("c", true), d = resource("d", true);
  throw "body";
} catch (error) {
  assert(error instanceof SuppressedError);
  assert.sameValue(error.error, "c");
  assert.sameValue(error.suppressed.error, "d");
  assert.sameValue(error.suppressed.suppressed, "body");
}
