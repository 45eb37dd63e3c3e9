// SPDX-License-Identifier: MIT
/*---
description: Maps and sets keep the order of insertion under changes while they are walked; set methods; weak keys.
features: [Map, Set, WeakMap, set-methods]
---*/
var map = new Map([["a", 1], [NaN, 2], [-0, 3]]);
assert.sameValue(map.get(NaN), 2);
assert.sameValue(Object.is([...map.keys()][2], 0), true);
var seen = [];
for (var [key] of map) { seen.push(key); if (key === "a") { map.delete("a"); map.set("new", 4); } }
assert.compareArray(seen, ["a", NaN, 0, "new"]);
assert.compareArray([...new Set([1, 2, 3]).intersection(new Set([3, 2]))], [3, 2]);
assert.compareArray([...new Set([1, 2]).union(new Set([2, 3]))], [1, 2, 3]);
assert.throws(TypeError, function () { new WeakMap().set(1, 1); });
