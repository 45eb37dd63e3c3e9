// SPDX-License-Identifier: MIT
/*---
description: Closures share variables; loops make new ones each time.
---*/
function counter() { var n = 0; return { up: () => ++n, get: () => n }; }
var c = counter(), d = counter();
c.up(); c.up(); d.up();
assert.compareArray([c.get(), d.get()], [2, 1]);
var fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i++);
assert.compareArray(fs.map((f) => f()), [0, 1, 2]);
assert.compareArray(fs.map((f) => f()), [1, 2, 3]);
for (const k in { a: 1, b: 2 }) fs.push(() => k);
assert.sameValue(fs[3]() + fs[4](), "ab");
{ let inner = 1; { let inner = 2; assert.sameValue(inner, 2); } assert.sameValue(inner, 1); }
