// SPDX-License-Identifier: MIT
/*---
description: match, matchAll, search and split by what the argument says.
features: [String.prototype.matchAll, Symbol.matchAll]
---*/
assert.compareArray("a1b22".match(/\d+/g), ["1", "22"]);
assert.sameValue("abc".match("b").index, 1);
assert.sameValue("abc".match(/x/), null);
assert.sameValue("abc".match()[0], "");
assert.compareArray(Array.from("a1b2".matchAll(/[a-z](\d)/g), (m) => m[1]), ["1", "2"]);
assert.throws(TypeError, function () { "a".matchAll(/a/); });
assert.sameValue("abc".search(/c/), 2);
assert.sameValue("abc".search("x"), -1);
assert.compareArray("a1b2c".split(/(\d)/), ["a", "1", "b", "2", "c"]);
assert.sameValue("x".search({ [Symbol.search]: () => 7 }), 7);
assert.sameValue("x".split({ [Symbol.split]: () => 8 }), 8);
assert.sameValue("x".match({ [Symbol.match]: () => 9 }), 9);
