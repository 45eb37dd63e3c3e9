// SPDX-License-Identifier: MIT
/*---
description: Object.assign copies own enumerable properties, symbols too, by Get and Set.
features: [Symbol]
---*/
var symbol = Symbol();
var source = { a: 1, get b() { return this.a + 1; } };
source[symbol] = 3;
Object.defineProperty(source, "hidden", { value: 4 });
var log = [];
var target = { set a(v) { log.push(v); } };
assert.sameValue(Object.assign(target, null, source, undefined, "xy"), target);
assert.compareArray(log, [1]);
assert.sameValue(target.b, 2);
assert.sameValue(target[symbol], 3);
assert.sameValue(target[1], "y");
assert.sameValue("hidden" in target, false);
assert.throws(TypeError, function () { Object.assign(null); });
assert.throws(TypeError, function () { Object.assign(Object.freeze({ a: 0 }), { a: 1 }); });
