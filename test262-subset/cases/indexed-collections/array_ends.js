// SPDX-License-Identifier: MIT
/*---
description: push, pop, shift, unshift, also on other objects.
---*/
var a = [1];
assert.sameValue(a.push(2, 3), 3);
assert.sameValue(a.pop(), 3);
assert.sameValue(a.unshift(-1, 0), 4);
assert.sameValue(a.shift(), -1);
assert.compareArray(a, [0, 1, 2]);
assert.sameValue([].pop(), undefined);
assert.sameValue([].shift(), undefined);
var o = { length: 1, 0: "a" };
assert.sameValue(Array.prototype.push.call(o, "b"), 2);
assert.sameValue(Array.prototype.unshift.call(o, "z"), 3);
assert.sameValue(Array.prototype.shift.call(o) + Array.prototype.pop.call(o) + o[0] + o.length, "zba1");
assert.throws(TypeError, function () { Array.prototype.push.call({ length: 2 ** 53 - 1 }, 1); });
