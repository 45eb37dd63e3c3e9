// SPDX-License-Identifier: MIT
/*---
description: Patterns assign to any target.
---*/
var a, b, c, o = {}, rest;
assert.sameValue(([a, , b = 5, ...rest] = "xyz")[1], "y");
assert.compareArray([a, b, rest.length], ["x", "z", 0]);
({ a, b: o.b, ["c" + 1]: c = 7, ...rest } = { a: 1, b: 2, d: 4, e: 5 });
assert.compareArray([a, o.b, c, Object.keys(rest).join()], [1, 2, 7, "d,e"]);
[a, b] = [b, a];
assert.compareArray([a, b], ["z", 1]);
[o.x, [o.y]] = [1, [2]];
({ x: { y: a } } = { x: { y: 3 } });
assert.compareArray([o.x, o.y, a], [1, 2, 3]);
for ([a, b] of [[1, 2]]) ;
for ({ a, b = a } of [{ a: 9 }]) ;
assert.compareArray([a, b], [9, 9]);
var [x = y, y] = [1, 2];
assert.throws(ReferenceError, function () { let [p = q, q] = []; });
assert.throws(TypeError, function () { ({ a } = null); });
