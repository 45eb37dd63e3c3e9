// SPDX-License-Identifier: MIT
/*---
description: WeakMap and WeakSet hold objects and symbols that are not registered.
features: [symbols-as-weakmap-keys, upsert]
---*/
var key = {}, symbol = Symbol(), m = new WeakMap([[key, 1]]);
assert.sameValue(m.set(symbol, 2), m);
assert(m.get(key) === 1 && m.get(symbol) === 2 && m.has(key) && !m.has({}) && m.get(1) === undefined);
assert(m.delete(key) && !m.delete(key) && !m.delete(1));
assert.sameValue(m.getOrInsert(key, 5), 5);
assert.sameValue(m.getOrInsertComputed({}, (k) => typeof k), "object");
assert.throws(TypeError, function () { m.set(Symbol.for("x"), 1); });
assert.throws(TypeError, function () { m.set("x", 1); });
var s = new WeakSet([key]);
assert(s.has(key) && s.add(symbol) === s && s.has(symbol) && s.delete(key) && !s.has(key));
assert.throws(TypeError, function () { s.add(1); });
assert.throws(TypeError, function () { WeakSet(); });
assert.throws(TypeError, function () { WeakMap(); });
