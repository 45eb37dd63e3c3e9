// SPDX-License-Identifier: MIT
/*---
description: Every trap is asked, and its answers are checked against the invariants.
features: [Proxy, Reflect]
---*/
var log = [];
var p = new Proxy(function () {}, new Proxy({}, { get(target, trap) { log.push(trap); return undefined; } }));
p.a;
p.a = 1;
"a" in p;
delete p.a;
Object.keys(p);
p();
new p();
Object.getPrototypeOf(p);
assert.compareArray(log, ["get", "set", "getOwnPropertyDescriptor", "defineProperty", "has", "deleteProperty", "ownKeys",
                          "getOwnPropertyDescriptor", "getOwnPropertyDescriptor", "getOwnPropertyDescriptor", "apply",
                          "construct", "get", "getPrototypeOf"]);
var target = Object.freeze({ x: 1 });
assert.throws(TypeError, function () { new Proxy(target, { get() { return 2; } }).x; });
assert.throws(TypeError, function () { Object.keys(new Proxy(target, { ownKeys() { return []; } })); });
var { proxy, revoke } = Proxy.revocable({}, {});
revoke();
assert.throws(TypeError, function () { proxy.a; });
