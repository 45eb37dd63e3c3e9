// SPDX-License-Identifier: MIT
/*---
description: Patterns with defaults, rest, nesting, targets that are members, and closing of the iterator.
features: [destructuring-assignment, object-rest]
---*/
var { a, b: { c = 3 } = {}, ...rest } = { a: 1, d: 4, e: 5 };
assert.sameValue(a, 1);
assert.sameValue(c, 3);
assert.sameValue(JSON.stringify(rest), '{"d":4,"e":5}');
var o = {}, x, y;
[o.p, , x = 7, ...o.rest] = [1, 2, undefined, 4, 5];
assert.sameValue(o.p, 1);
assert.sameValue(x, 7);
assert.compareArray(o.rest, [4, 5]);
[x, y] = [y, x];
assert.sameValue(y, 7);
var closed = 0;
var iterable = { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return() { closed++; return {}; } }; } };
[x] = iterable;
assert.sameValue(closed, 1);
assert.throws(TypeError, function () { var {} = null; });
