// SPDX-License-Identifier: MIT
/*---
description: Map and its methods.
---*/
var m = new Map([[1, "a"], ["1", "b"]]);
assert.sameValue(m.set(-0, "zero"), m);
assert.sameValue(m.get(0) + m.get(1) + m.get("1"), "zeroab");
assert(m.has(NaN) === false && m.set(NaN, 1).has(NaN));
assert.sameValue(m.size, 4);
assert(m.delete(1) && !m.delete(1));
assert.compareArray([...m.keys()].map(String), ["1", "0", "NaN"]);
assert.compareArray([...m.values()], ["b", "zero", 1]);
assert.sameValue([...m.entries()][0].join(), "1,b");
assert.sameValue(m[Symbol.iterator], m.entries);
var seen = [];
m.forEach(function (v, k, map) { seen.push(v, map === m, this.x); }, { x: 5 });
assert.compareArray(seen.slice(0, 3), ["b", true, 5]);
m.clear();
assert.sameValue(m.size, 0);
assert.throws(TypeError, function () { Map(); });
assert.throws(TypeError, function () { new Map([1]); });
assert.throws(TypeError, function () { Map.prototype.get.call(new Set, 1); });
assert.sameValue(Map[Symbol.species], Map);
assert.sameValue(m[Symbol.toStringTag], "Map");
