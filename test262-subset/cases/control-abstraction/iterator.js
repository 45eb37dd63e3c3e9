// SPDX-License-Identifier: MIT
/*---
description: Iterator helpers are lazy, close what they use and can be chained.
features: [iterator-helpers, iterator-sequencing]
---*/
function* naturals() { try { for (var n = 0; ; n++) yield n; } finally { closed++; } }
var closed = 0;
assert.compareArray(naturals().filter(n => n % 2).map(n => n * n).drop(1).take(3).toArray(), [9, 25, 49]);
assert.sameValue(closed, 1);
assert.sameValue(Iterator.from([1, 2, 3]).reduce((a, b) => a + b), 6);
assert.compareArray([...Iterator.concat([1], new Set([2]))], [1, 2]);
assert.throws(RangeError, function () { [].values().take(-1); });
assert.throws(TypeError, function () { new Iterator(); });
