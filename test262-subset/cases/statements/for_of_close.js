// SPDX-License-Identifier: MIT
/*---
description: for-of closes its iterator on break, return and throw, not at its end; the body's error wins.
features: [for-of, Symbol.iterator]
---*/
var closed = 0;
function iterable(n, fails) {
  return { [Symbol.iterator]() { return { next() { return { done: n-- <= 0, value: n }; }, return() { closed++; if (fails) throw "close"; return {}; } }; } };
}
for (var x of iterable(2));
assert.sameValue(closed, 0);
for (x of iterable(2)) break;
assert.sameValue(closed, 1);
(function () { for (x of iterable(2)) return; })();
assert.sameValue(closed, 2);
try { for (x of iterable(2, true)) throw "body"; } catch (error) { assert.sameValue(error, "body"); }
assert.sameValue(closed, 3);
