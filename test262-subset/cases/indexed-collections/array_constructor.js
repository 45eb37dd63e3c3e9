// SPDX-License-Identifier: MIT
/*---
description: Array of a length or of elements; isArray; of; from.
---*/
assert.sameValue(new Array(3).length, 3);
assert.sameValue(0 in new Array(3), false);
assert.compareArray(Array(1, 2), [1, 2]);
assert.compareArray(new Array("3"), ["3"]);
assert.throws(RangeError, function () { new Array(1.5); });
assert(Array.isArray([]) && Array.isArray(new Proxy([], {})) && !Array.isArray({ __proto__: Array.prototype }));
assert.compareArray(Array.of(7, undefined), [7, undefined]);
assert.compareArray(Array.from("ab", (c, i) => c + i), ["a0", "b1"]);
assert.compareArray(Array.from({ length: 2, 0: "x" }), ["x", undefined]);
function C(n) { this.args = arguments.length; }
assert.sameValue(Array.of.call(C, 1, 2).length, 2);
assert.sameValue(Array.from.call(C, [1]) instanceof C, true);
assert.throws(TypeError, function () { Array.from([], 1); });
assert.sameValue(Array[Symbol.species], Array);
