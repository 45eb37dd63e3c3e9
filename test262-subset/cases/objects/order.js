// SPDX-License-Identifier: MIT
/*---
description: Keys are walked in the order of their making, indices first; changes on the way.
---*/
var o = { z: 1, 10: 1, 9: 1, a: 1 };
delete o.z;
o.z = 2;
assert.compareArray(Object.keys(o), ["9", "10", "a", "z"]);
var seen = [];
for (var k in o) { seen.push(k); delete o.a; o.added = 1; }
assert.sameValue(seen.includes("a"), false);
var many = {};
for (var i = 0; i < 200; i++) many["k" + i] = i;
for (i = 0; i < 200; i += 2) delete many["k" + i];
assert.compareArray(Object.keys(many).slice(0, 3), ["k1", "k3", "k5"]);
