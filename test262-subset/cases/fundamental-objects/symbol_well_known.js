// SPDX-License-Identifier: MIT
/*---
description: The well-known symbols are constants, and the same in every realm.
---*/
var names = ["asyncIterator", "hasInstance", "isConcatSpreadable", "iterator", "match", "matchAll", "replace", "search", "species",
             "split", "toPrimitive", "toStringTag", "unscopables", "dispose", "asyncDispose"];
var other = $262.createRealm().global.Symbol;
names.forEach(function (name) {
  assert.sameValue(typeof Symbol[name], "symbol", name);
  assert.sameValue(Symbol[name].toString(), "Symbol(Symbol." + name + ")");
  assert.sameValue(other[name], Symbol[name]);
  var d = Object.getOwnPropertyDescriptor(Symbol, name);
  assert(!d.writable && !d.enumerable && !d.configurable, name);
});
