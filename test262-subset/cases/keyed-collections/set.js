// SPDX-License-Identifier: MIT
/*---
description: Set and its methods.
---*/
var s = new Set([1, "1", -0]);
assert.sameValue(s.add(1), s);
assert.sameValue(s.size, 3);
assert(s.has(0) && s.delete(0) && !s.delete(0));
assert.compareArray([...s], [1, "1"]);
assert.sameValue(s.keys, s.values);
assert.compareArray([...s.entries()].flat(), [1, 1, "1", "1"]);
var seen = [];
s.forEach((v, k) => seen.push(v, k));
assert.compareArray(seen, [1, 1, "1", "1"]);
s.clear();
assert.sameValue(s.size, 0);
assert.throws(TypeError, function () { Set(); });
assert.sameValue(Set[Symbol.species], Set);
