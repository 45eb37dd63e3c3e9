// SPDX-License-Identifier: MIT
/*---
description: Own keys are array indices in ascending order, then strings and then symbols in order of creation.
features: [Reflect, Symbol]
---*/
var s = Symbol();
var o = { b: 1, 2: 1, [s]: 1, a: 1, 1: 1, "01": 1, 4294967295: 1 };
assert.compareArray(Reflect.ownKeys(o), ["1", "2", "b", "a", "01", "4294967295", s]);
