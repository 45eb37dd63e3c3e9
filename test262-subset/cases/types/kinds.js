// SPDX-License-Identifier: MIT
/*---
description: typeof names the types.
---*/
assert.compareArray([typeof undefined, typeof null, typeof true, typeof 1, typeof 1n, typeof "", typeof Symbol(), typeof {}, typeof function () {}],
                    ["undefined", "object", "boolean", "number", "bigint", "string", "symbol", "object", "function"]);
assert.sameValue(typeof unknown, "undefined");
assert.sameValue(typeof class {}, "function");
