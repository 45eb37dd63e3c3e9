// SPDX-License-Identifier: MIT
/*---
description: Symbols: made, registered, described, never made by new.
features: [Symbol, Symbol.prototype.description, Symbol.toPrimitive]
---*/
var s = Symbol("d");
assert.sameValue(typeof s, "symbol");
assert.notSameValue(Symbol("d"), s);
assert.sameValue(s.toString(), "Symbol(d)");
assert.sameValue(s.description, "d");
assert.sameValue(Symbol().description, undefined);
assert.sameValue(Symbol.for("k"), Symbol.for("k"));
assert.sameValue(Symbol.keyFor(Symbol.for("k")), "k");
assert.sameValue(Symbol.keyFor(s), undefined);
assert.throws(TypeError, function () { Symbol.keyFor("s"); });
assert.throws(TypeError, function () { new Symbol(); });
assert.throws(TypeError, function () { s + ""; });
assert.throws(TypeError, function () { +s; });
var object = Object(s);
assert.sameValue(object.valueOf(), s);
assert.sameValue(object[Symbol.toPrimitive](), s);
assert.sameValue(object == s, true);
assert.sameValue({ [s]: 1 }[object], 1);
