// SPDX-License-Identifier: MIT
/*---
description: Built-in functions have name and length, are no constructors, and have no prototype.
---*/
[[Array.prototype.push, "push", 1], [Object.defineProperty, "defineProperty", 3], [parseInt, "parseInt", 2], [Math.max, "max", 2],
 [Array.prototype[Symbol.iterator], "values", 0], [RegExp.prototype[Symbol.replace], "[Symbol.replace]", 2], [JSON.stringify, "stringify", 3],
 [Object.getOwnPropertyDescriptor(Map.prototype, "size").get, "get size", 0], [Promise.all, "all", 1]].forEach(function (entry) {
  var f = entry[0];
  assert.sameValue(f.name, entry[1]);
  assert.sameValue(f.length, entry[2]);
  var d = Object.getOwnPropertyDescriptor(f, "length");
  assert(!d.writable && !d.enumerable && d.configurable);
  assert.sameValue("prototype" in f, false);
  assert.throws(TypeError, function () { new f(); });
  assert.sameValue(Object.getPrototypeOf(f), Function.prototype);
  assert.compareArray(Object.getOwnPropertyNames(f), ["length", "name"]);
});
