// SPDX-License-Identifier: MIT
/*---
description: for-in walks keys of the prototypes too, each once.
---*/
var o = Object.create({ inherited: 1, own: 1, hidden: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 1, enumerable: false } }), seen = [];
for (var k in o) seen.push(k);
assert.compareArray(seen, ["own", "inherited"]);
for (k in null) assert(false);
for (k in undefined) assert(false);
seen = [];
for (let [c] in { ab: 1 }) seen.push(c);
for (seen.x in [5]) ;
for (const i in "ab") seen.push(i);
assert.compareArray(seen, ["a", "0", "1"]);
assert.sameValue(seen.x, "0");
