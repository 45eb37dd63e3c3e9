// SPDX-License-Identifier: MIT
/*---
description: Class expressions: names, fields, blocks, heritage.
---*/
var log = [], C = class Inner extends (log.push("heritage"), Object) {
  [(log.push("key"), "k")] = log.push("field");
  static s = Inner.name;
  static { log.push("block"); this.t = 1; }
  static #p() { return 5; }
  static q = this.#p();
  'quoted' = 1; 5 = 2; async = 3; get; set;
  static async *gen() { yield 1; }
  static accessor_ = 1;
};
assert.compareArray(log, ["heritage", "key", "block"]);
var c = new C;
assert.compareArray([c.k, C.s, C.t, C.q, c.quoted, c[5], c.async, "get" in c, "set" in c], [4, "Inner", 1, 5, 1, 2, 3, true, true]);
assert.sameValue(typeof Inner, "undefined");
assert.throws(TypeError, function () { C(); });
assert.throws(TypeError, function () { new (class extends 1 {}); });
assert.throws(TypeError, function () { (class Fixed { static m() { Fixed = 1; } }).m(); });
