// SPDX-License-Identifier: MIT
/*---
description: Iterator.from, concat, and the constructor.
features: [iterator-helpers, iterator-sequencing]
---*/
assert.throws(TypeError, function () { Iterator(); });
assert.throws(TypeError, function () { new Iterator(); });
class Mine extends Iterator {}
assert(new Mine instanceof Iterator);
var n = 0, closed = 0, it = Iterator.from({ next: () => ({ value: n++, done: n > 3 }), return() { closed++; return {}; } });
assert(it instanceof Iterator);
assert.sameValue(it.next().value, 0);
it.return();
assert.sameValue(closed, 1);
assert.compareArray(it.toArray(), [1, 2]);
assert.compareArray([...Iterator.from("ab")], ["a", "b"]);
assert.compareArray([...Iterator.concat([1], new Set([2]), Object("3"))], [1, 2, "3"]);
assert.throws(TypeError, function () { Iterator.concat(1); });
assert.throws(TypeError, function () { Iterator.from(1); });
assert.sameValue(Iterator.prototype[Symbol.iterator].call(it), it);
assert.sameValue(Iterator.prototype[Symbol.toStringTag], "Iterator");
assert.throws(TypeError, function () { "use strict"; Iterator.prototype[Symbol.toStringTag] = "x"; });
assert.sameValue(Iterator.prototype.constructor, Iterator);
var o = Object.create(Iterator.prototype);
o.constructor = 1;
o[Symbol.toStringTag] = "O";
assert.compareArray([o.constructor, o[Symbol.toStringTag]], [1, "O"]);
