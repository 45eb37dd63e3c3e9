// SPDX-License-Identifier: MIT
/*---
description: Lexical bindings throw before they are initialised, also typeof and closures; loops make fresh ones.
features: [let, const]
---*/
assert.throws(ReferenceError, function () { x; let x; });
assert.throws(ReferenceError, function () { typeof x; const x = 1; });
assert.throws(ReferenceError, function () { function f() { return y; } f(); let y = 1; });
assert.throws(TypeError, function () { const c = 1; c = 2; });
assert.throws(ReferenceError, function () { switch (0) { case 1: let z; break; default: z; } });
var fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
assert.compareArray(fs.map(f => f()), [0, 1, 2]);
