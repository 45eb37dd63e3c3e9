// SPDX-License-Identifier: MIT
/*---
description: Every trap is called with its arguments.
features: [Proxy]
---*/
var log = [], target = function () {}, handler = {};
["getPrototypeOf", "setPrototypeOf", "isExtensible", "preventExtensions", "getOwnPropertyDescriptor", "defineProperty", "has", "get",
 "set", "deleteProperty", "ownKeys", "apply", "construct"].forEach(function (name) {
  handler[name] = function () { log.push(name); return Reflect[name].apply(Reflect, arguments); };
});
var p = new Proxy(target, handler);
Object.getPrototypeOf(p); Object.setPrototypeOf(p, Function.prototype); Object.isExtensible(p);
p.a = 1; p.a; "a" in p; delete p.a; Object.keys(p); p(); new p;
Object.preventExtensions(p);
assert.sameValue(log.join(), "getPrototypeOf,setPrototypeOf,isExtensible,set,getOwnPropertyDescriptor,defineProperty,get,has," +
                 "deleteProperty,ownKeys,getOwnPropertyDescriptor,getOwnPropertyDescriptor,getOwnPropertyDescriptor,apply,construct,get,preventExtensions"
                 .replace(/getOwnPropertyDescriptor,getOwnPropertyDescriptor,getOwnPropertyDescriptor/, Reflect.ownKeys(target).map(() => "getOwnPropertyDescriptor").join()));
