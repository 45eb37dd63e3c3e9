// SPDX-License-Identifier: MIT
/*---
description: keys, values, entries.
---*/
var a = ["x", , "z"];
assert.compareArray([...a.keys()], [0, 1, 2]);
assert.compareArray([...a.values()], ["x", undefined, "z"]);
assert.compareArray([...a.entries()].flat(), [0, "x", 1, undefined, 2, "z"]);
assert.sameValue(a[Symbol.iterator], a.values);
var it = a.values();
assert.sameValue(it[Symbol.iterator](), it);
assert.sameValue(it[Symbol.toStringTag], "Array Iterator");
assert.sameValue(it.next().value, "x");
a.length = 1;
assert.sameValue(it.next().done, true);
a.length = 9;
assert.sameValue(it.next().done, true);
assert.throws(TypeError, function () { it.next.call({}); });
assert.sameValue(Array.prototype[Symbol.unscopables].flat, true);
