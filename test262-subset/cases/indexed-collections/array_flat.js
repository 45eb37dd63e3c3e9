// SPDX-License-Identifier: MIT
/*---
description: flat and flatMap.
features: [Array.prototype.flat, Array.prototype.flatMap]
---*/
var once = [1, [2, [3]], , [[]]].flat();
assert.compareArray(once.map(String), ["1", "2", "3", ""]);
assert.sameValue(Array.isArray(once[2]), true);
assert.compareArray([1, [2, [3, , [4]]]].flat(Infinity), [1, 2, 3, 4]);
assert.compareArray([1, 2].flatMap((v) => [v, [v]]).map(String), ["1", "1", "2", "2"]);
assert.throws(TypeError, function () { [].flatMap(); });
