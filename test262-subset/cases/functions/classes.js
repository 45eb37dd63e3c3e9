// SPDX-License-Identifier: MIT
/*---
description: Fields, private members, accessors, static blocks, inheritance and the order of their evaluation.
features: [class, class-fields-public, class-fields-private, class-methods-private, class-static-block, class-fields-private-in]
---*/
var log = [];
function note(name) { log.push(name); return name; }
class A {
  static { note("static block"); }
  [note("key 1")] = note("field 1");
  #p = 1;
  static s = note("static field");
  static has(o) { return #p in o; }
  get #q() { return this.#p * 2; }
  set #q(v) { this.#p = v; }
  bump() { this.#q = 20; return this.#q; }
}
class B extends A {
  y = super.bump();
  constructor() { assert.throws(ReferenceError, () => this); super(); assert.throws(ReferenceError, () => super()); }
}
assert.compareArray(log, ["key 1", "static block", "static field"]);
var b = new B();
assert.sameValue(b.y, 40);
assert(A.has(b) && !A.has({}));
assert.throws(TypeError, function () { A(); });
assert.throws(TypeError, function () { A.prototype.bump.call({}); });
assert.sameValue(A.prototype.bump.name, "bump");
