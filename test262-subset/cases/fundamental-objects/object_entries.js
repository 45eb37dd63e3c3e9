// SPDX-License-Identifier: MIT
/*---
description: keys, values, entries and back; groupBy.
features: [Object.fromEntries, array-grouping]
---*/
var o = { b: 1, a: 2 };
assert.compareArray(Object.values(o), [1, 2]);
assert.compareArray(Object.entries(o).flat(), ["b", 1, "a", 2]);
assert.sameValue(JSON.stringify(Object.fromEntries(new Map([["x", 1], ["y", 2]]))), '{"x":1,"y":2}');
assert.throws(TypeError, function () { Object.fromEntries([1]); });
var groups = Object.groupBy([1, 2, 3, 4], function (n, i) { return n % 2 ? "odd" : "even" + (i > 1); });
assert.sameValue(Object.getPrototypeOf(groups), null);
assert.compareArray(Object.keys(groups), ["odd", "evenfalse", "eventrue"]);
assert.compareArray(groups.odd, [1, 3]);
