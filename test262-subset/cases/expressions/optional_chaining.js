// SPDX-License-Identifier: MIT
/*---
description: ?. stops the whole chain.
---*/
var o = { f() { return this; }, a: null, x: { y: [1] } }, n = null, count = 0;
assert.compareArray([n?.a.b.c, o.x?.y?.[0], n?.[count++], o.f?.() === o, o.g?.(count++), o?.a?.b.c, count, delete n?.a], [undefined, 1, undefined, true, undefined, undefined, 0, true]);
assert.throws(TypeError, function () { o.a.b; });
assert.throws(TypeError, function () { o.x?.(); });
assert.sameValue((o?.f)(), o);
assert.sameValue(1?.5:2, .5);
