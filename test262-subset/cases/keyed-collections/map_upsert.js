// SPDX-License-Identifier: MIT
/*---
description: getOrInsert, getOrInsertComputed, groupBy.
features: [upsert, array-grouping]
---*/
var m = new Map([["a", 1]]);
assert.sameValue(m.getOrInsert("a", 2), 1);
assert.sameValue(m.getOrInsert("b", 2), 2);
assert.sameValue(m.getOrInsertComputed("c", (k) => k + k), "cc");
assert.sameValue(m.getOrInsertComputed("a", () => { throw 1; }), 1);
assert.throws(TypeError, function () { m.getOrInsertComputed("a", 1); });
var groups = Map.groupBy([1, 2, 3], (n) => n % 2 === 0);
assert.compareArray(groups.get(false), [1, 3]);
assert.compareArray([...groups.keys()], [false, true]);
