// SPDX-License-Identifier: MIT
/*---
description: in, instanceof, and comparisons.
---*/
assert("a" in { a: 1 } && !("b" in {}) && 0 in [1] && "length" in [] && !(1 in [1]));
assert.throws(TypeError, function () { "a" in "abc"; });
assert([] instanceof Array && [] instanceof Object && !(1 instanceof Number));
assert(1 < 2 && 2 <= 2 && !(NaN < 1) && !(NaN >= 1) && "a" < "b" && 1 != 2 && 1 !== "1" && !(1 === 1.5));
