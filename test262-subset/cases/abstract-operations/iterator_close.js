// SPDX-License-Identifier: MIT
/*---
description: Iterators that are not used up are closed.
---*/
function source() { return { n: 0, closed: 0, [Symbol.iterator]() { return this; }, next() { return { value: this.n++, done: false }; }, return() { this.closed++; return {}; } }; }
var s = source(), [a, b] = s;
assert.compareArray([a, b, s.closed], [0, 1, 1]);
s = source();
for (var x of s) if (x > 1) break;
assert.sameValue(s.closed, 1);
s = source();
assert.throws(RangeError, function () { for (var y of s) throw new RangeError; });
assert.sameValue(s.closed, 1);
s = source();
assert.throws(TypeError, function () { new Map(s); });
assert.sameValue(s.closed, 1);
s = source();
s.return = () => 1;
assert.throws(TypeError, function () { var [z] = s; });
