// SPDX-License-Identifier: MIT
/*---
description: Members by name, by key, by private name; calls with their receivers.
---*/
var o = { f() { return this; }, a: { b: [5] } };
assert.sameValue(o.a.b[0], 5);
assert.sameValue((o.f)(), o);
assert.sameValue((0, o.f)() === o, false);
assert.sameValue(o["f"]().a, o.a);
assert.sameValue("abc"[1] + "abc".length, "b3");
assert.sameValue(1..toFixed(1), "1.0");
class P { #x = 1; #m() { return this.#x; } static read(p) { return p.#x + p.#m(); } static has(p) { return #x in p; } get #g() { return 5; } g() { return this.#g; } }
assert.sameValue(P.read(new P), 2);
assert.sameValue(new P().g(), 5);
assert(P.has(new P) && !P.has({}));
assert.throws(TypeError, function () { P.read({}); });
assert.throws(TypeError, function () { P.has(1); });
