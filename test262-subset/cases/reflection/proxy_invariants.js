// SPDX-License-Identifier: MIT
/*---
description: What a trap may not say.
features: [Proxy]
---*/
var fixed = Object.freeze({ a: 1 });
function lies(handler, act) { assert.throws(TypeError, function () { act(new Proxy(fixed, handler)); }); }
lies({ get: () => 2 }, (p) => p.a);
lies({ set: () => true }, (p) => { "use strict"; p.a = 2; });
lies({ has: () => false }, (p) => "a" in p);
lies({ deleteProperty: () => true }, (p) => delete p.a);
lies({ ownKeys: () => [] }, (p) => Object.keys(p));
lies({ ownKeys: () => ["a", "a"] }, (p) => Object.keys(p));
lies({ ownKeys: () => [1] }, (p) => Object.keys(p));
lies({ getOwnPropertyDescriptor: () => undefined }, (p) => Object.getOwnPropertyDescriptor(p, "a"));
lies({ defineProperty: () => true }, (p) => Object.defineProperty(p, "b", { value: 1 }));
lies({ getPrototypeOf: () => null }, (p) => Object.getPrototypeOf(p));
lies({ setPrototypeOf: () => true }, (p) => Object.setPrototypeOf(p, null));
lies({ isExtensible: () => true }, (p) => Object.isExtensible(p));
assert.throws(TypeError, function () { Object.preventExtensions(new Proxy({}, { preventExtensions: () => true })); });
assert.throws(TypeError, function () { new (new Proxy(function () {}, { construct: () => 1 })); });
assert.throws(TypeError, function () { new Proxy({}, { get: 1 }).a; });
assert.throws(TypeError, function () { Proxy({}, {}); });
assert.throws(TypeError, function () { new Proxy(1, {}); });
