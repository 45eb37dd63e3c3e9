// SPDX-License-Identifier: MIT
/*---
description: var, let, const; with patterns; in loops.
---*/
var a = 1, b; let c = 2, d; const e = 3, { f, g: [h] } = { f: 4, g: [5] };
assert.compareArray([a, b, c, d, e, f, h], [1, undefined, 2, undefined, 3, 4, 5]);
assert.throws(TypeError, function () { e++; });
assert.throws(ReferenceError, function () { typeof z; let z; });
{ let a = 9; const e = 8; assert.sameValue(a + e, 17); }
var let_ = function () {}, named = class {};
assert.sameValue(let_.name + named.name, "let_named");
