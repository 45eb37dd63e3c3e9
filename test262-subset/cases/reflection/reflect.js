// SPDX-License-Identifier: MIT
/*---
description: Reflect: every method, with what it refuses.
features: [Reflect]
---*/
function F() { this.t = new.target; }
assert.sameValue(Reflect.apply(function (a) { return this + a; }, "x", ["y"]), "xy");
assert.sameValue(Reflect.construct(F, [], Array).t, Array);
assert.throws(TypeError, function () { Reflect.construct(() => 1, []); });
var o = {};
assert(Reflect.defineProperty(o, "a", { value: 1 }) && !Reflect.defineProperty(o, "a", { value: 2 }));
assert(!Reflect.deleteProperty(o, "a") && Reflect.deleteProperty(o, "none"));
assert.sameValue(Reflect.get({ get x() { return this; } }, "x", o), o);
assert.sameValue(Reflect.set({ set x(v) { this.got = v; } }, "x", 5, o) && o.got, 5);
assert.sameValue(Reflect.set(Object.create(o), "a", 1), false);
assert(Reflect.has(o, "toString") && !Reflect.has(o, "none"));
assert.sameValue(Reflect.getOwnPropertyDescriptor(o, "a").value, 1);
assert.sameValue(Reflect.getPrototypeOf(o), Object.prototype);
assert(Reflect.setPrototypeOf(o, null) && Reflect.isExtensible(o) && Reflect.preventExtensions(o) && !Reflect.isExtensible(o));
assert.sameValue(Reflect.setPrototypeOf(o, {}), false);
assert.compareArray(Reflect.ownKeys({ b: 1, [Symbol.iterator]: 1, 0: 1 }).map(String), ["0", "b", "Symbol(Symbol.iterator)"]);
Object.getOwnPropertyNames(Reflect).forEach(function (name) {
  assert.throws(TypeError, function () { Reflect[name](1); }, name);
});
assert.sameValue(Reflect[Symbol.toStringTag], "Reflect");
