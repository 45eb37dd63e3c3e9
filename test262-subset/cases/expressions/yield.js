// SPDX-License-Identifier: MIT
/*---
description: yield as an expression anywhere.
---*/
function* g() { var x = yield; var y = [yield x, yield]; return `${y} ${yield* inner()} ${(yield) ? 1 : 2}`; }
function* inner() { yield "i"; return "r"; }
var it = g(), values = [undefined, "a", "b", "c", undefined, false].map((v) => it.next(v).value);
assert.compareArray(values, [undefined, "a", undefined, "i", undefined, "b,c r 2"]);
function* args() { f(yield 1, ...(yield 2)); function f(a, b) { assert.compareArray([a, b], ["x", "y"]); } }
it = args(); it.next(); it.next("x"); it.next("y");
