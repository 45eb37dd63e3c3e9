// SPDX-License-Identifier: MIT
/*---
description: Own names and symbols in their order: integers, then strings as they came, then symbols.
---*/
var s = Symbol("s");
var o = { b: 1, 2: 1, a: 1, [s]: 1, 1: 1, "-1": 1, "01": 1 };
assert.compareArray(Object.getOwnPropertyNames(o), ["1", "2", "b", "a", "-1", "01"]);
assert.compareArray(Object.getOwnPropertySymbols(o), [s]);
assert.compareArray(Object.getOwnPropertyNames("ab"), ["0", "1", "length"]);
assert.compareArray(Object.getOwnPropertySymbols("ab"), []);
assert.compareArray(Object.keys("ab"), ["0", "1"]);
