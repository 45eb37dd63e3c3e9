// SPDX-License-Identifier: MIT
/*---
description: yield* hands on next, throw and return, and gives the value of the inner return.
features: [generators]
---*/
var log = [];
function* inner() {
  try { log.push(yield 1); } catch (error) { log.push("caught " + error); yield 2; } finally { log.push("finally"); }
  return 3;
}
function* outer() { return yield* inner(); }
var g = outer();
assert.sameValue(g.next().value, 1);
assert.sameValue(g.throw("e").value, 2);
var last = g.next();
assert.sameValue(last.value, 3);
assert.sameValue(last.done, true);
assert.compareArray(log, ["caught e", "finally"]);
g = outer();
g.next();
assert.sameValue(g.return(9).value, 9);
