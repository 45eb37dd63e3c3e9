// SPDX-License-Identifier: MIT
/*---
description: Keys are texts or symbols.
---*/
var o = {}, s = Symbol();
o[1] = "a"; o["1.0"] = "b"; o[-0] = "c"; o[null] = "d"; o[s] = "e"; o[{ toString: () => "f" }] = "f"; o[[1, 2]] = "g";
assert.compareArray(Object.keys(o), ["0", "1", "1.0", "null", "f", "1,2"]);
assert.sameValue(o[Object(s)], "e");
assert.sameValue(o["1"], "a");
