// SPDX-License-Identifier: MIT
/*---
description: Iterators see what is added and not what is removed.
---*/
var m = new Map([[1, 1], [2, 2]]), it = m.keys();
assert.sameValue(it.next().value, 1);
m.delete(2);
m.set(3, 3);
assert.sameValue(it.next().value, 3);
assert.sameValue(it.next().done, true);
m.set(4, 4);
assert.sameValue(it.next().done, true);
assert.sameValue(it[Symbol.toStringTag], "Map Iterator");
assert.throws(TypeError, function () { it.next.call(new Set().values()); });
var s = new Set([1]).values();
assert.sameValue(s[Symbol.toStringTag], "Set Iterator");
assert.sameValue(s.next().value, 1);
