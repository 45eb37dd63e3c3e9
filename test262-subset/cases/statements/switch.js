// SPDX-License-Identifier: MIT
/*---
description: switch compares strictly, falls through, and has one scope.
---*/
function pick(v) { var log = []; switch (v) { case 1: log.push(1); default: log.push("d"); case "2": log.push(2); break; case f(): log.push("f"); let x = 1; } return log.join(); function f() { return 5; } }
assert.compareArray([pick(1), pick("2"), pick(2), pick(5), pick(NaN)], ["1,d,2", "2", "d,2", "f", "d,2"]);
assert.throws(ReferenceError, function () { switch (1) { case 0: let a; case 1: a; } });
assert.sameValue(eval("switch (1) { case 1: 5; break; }"), 5);
switch (1) {}
