// SPDX-License-Identifier: MIT
/*---
description: join, toString, toLocaleString; cycles.
---*/
assert.sameValue([1, null, undefined, "a", [2, 3]].join(), "1,,,a,2,3");
assert.sameValue([1, 2].join("--"), "1--2");
var cycle = [1];
cycle.push(cycle);
assert.sameValue(cycle.join(), "1,");
assert.sameValue(Array.prototype.toString.call({ join: () => "mine" }), "mine");
assert.sameValue(Array.prototype.toString.call({ join: 1 }), "[object Object]");
assert.sameValue([{ toLocaleString: () => "x" }, null].toLocaleString(), "x,");
