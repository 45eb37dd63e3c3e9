// SPDX-License-Identifier: MIT
/*---
description: The iterator of a text goes by code points.
---*/
var it = "a\ud83d\ude00\ud83d"[Symbol.iterator]();
assert.sameValue(it.next().value, "a");
assert.sameValue(it.next().value, "\u{1f600}");
assert.sameValue(it.next().value, "\ud83d");
assert.sameValue(it.next().done, true);
assert.sameValue(it.next().done, true);
assert.sameValue(it[Symbol.toStringTag], "String Iterator");
assert.throws(TypeError, function () { it.next.call([][Symbol.iterator]()); });
