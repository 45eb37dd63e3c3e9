// SPDX-License-Identifier: MIT
/*---
description: Methods make arrays by the constructor that species names.
features: [Symbol.species]
---*/
class A extends Array {}
var a = A.from([1, 2, 3]);
assert(a.map((x) => x) instanceof A && a.slice(1) instanceof A && a.filter(Boolean) instanceof A && a.concat(1) instanceof A);
assert(a.splice(0, 1) instanceof A && a.flat() instanceof A && !(a.toSorted() instanceof A));
class B extends Array { static get [Symbol.species]() { return Array; } }
assert.sameValue(new B(1, 2).map((x) => x) instanceof B, false);
a.constructor = undefined;
assert.sameValue(a.map((x) => x) instanceof A, false);
a.constructor = 1;
assert.throws(TypeError, function () { a.map((x) => x); });
