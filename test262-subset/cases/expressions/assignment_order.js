// SPDX-License-Identifier: MIT
/*---
description: The parts of an assignment are evaluated from left to right; the key becomes one only when it is put.
---*/
var log = [];
function note(name, value) { log.push(name); return value; }
var target = {};
note("object", target)[note("key", { toString() { log.push("toString"); return "k"; } })] = note("value", 1);
assert.compareArray(log, ["object", "key", "value", "toString"]);
assert.sameValue(target.k, 1);
