// SPDX-License-Identifier: MIT
/*---
description: using disposes at the end of its block, also when something is thrown.
features: [explicit-resource-management]
---*/
var log = [], held = (n) => ({ [Symbol.dispose]() { log.push(n); } });
{ using a = held(1), b = held(2), c = null; log.push("body"); }
try { using d = held(3); throw "x"; } catch (e) { log.push(e); }
for (using e of [held(4), held(5)]) log.push("loop");
for (using f = held(6); ;) break;
(function () { using g = held(7); return log.push("return"); })();
assert.sameValue(log.join(), "body,2,1,3,x,loop,4,loop,5,6,return,7");
assert.throws(TypeError, function () { using h = {}; });
assert.throws(TypeError, function () { using i = held(8); i = 1; });
