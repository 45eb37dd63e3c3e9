// SPDX-License-Identifier: MIT
/*---
description: finally runs on every way out and may replace it.
---*/
function f(how) {
  for (;;) {
    try {
      if (how === "return") return "returned";
      if (how === "throw") throw "thrown";
      if (how === "break") break;
    } catch (error) {
      return "caught " + error;
    } finally {
      if (how === "override") return "overridden";
      log.push(how);
    }
    how = "override";
  }
  return "broken";
}
var log = [];
assert.sameValue(f("return"), "returned");
assert.sameValue(f("throw"), "caught thrown");
assert.sameValue(f("break"), "broken");
assert.sameValue(f("nothing"), "overridden");
assert.compareArray(log, ["return", "throw", "break", "nothing"]);
