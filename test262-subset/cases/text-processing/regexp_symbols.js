// SPDX-License-Identifier: MIT
/*---
description: The methods that texts call.
features: [Symbol.match, Symbol.replace, Symbol.search, Symbol.split, Symbol.matchAll]
---*/
assert.compareArray(/a/g[Symbol.match]("bab"), ["a"]);
assert.sameValue(/a/[Symbol.match]("b"), null);
assert.sameValue(/a/g[Symbol.replace]("aba", "$&$&"), "aabaa");
assert.sameValue(/(?:)/g[Symbol.replace]("ab", "-"), "-a-b-");
var searched = /b/g;
searched.lastIndex = 9;
assert.sameValue(searched[Symbol.search]("ab"), 1);
assert.sameValue(searched.lastIndex, 9);
assert.compareArray(/,\s*/[Symbol.split]("a, b,c", 2), ["a", "b"]);
var it = /./g[Symbol.matchAll]("ab");
assert.sameValue(it.next().value[0] + it.next().value[0], "ab");
assert.sameValue(it.next().done, true);
assert.sameValue(it[Symbol.toStringTag], "RegExp String Iterator");
class Mine extends RegExp { exec(s) { var m = super.exec(s); if (m) m[0] = m[0].toUpperCase(); return m; } }
assert.compareArray("ab".match(new Mine(".", "g")), ["A", "B"]);
