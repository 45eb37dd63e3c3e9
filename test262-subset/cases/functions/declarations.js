// SPDX-License-Identifier: MIT
/*---
description: Function declarations of every kind.
---*/
function plain() { return 1; }
function* generator() { yield 2; }
async function later() { return 3; }
async function* both() { yield 4; }
assert.compareArray([plain(), generator().next().value, later() instanceof Promise, typeof both().next], [1, 2, true, "function"]);
assert.sameValue(plain.hasOwnProperty("prototype") && generator.hasOwnProperty("prototype") && !later.hasOwnProperty("prototype") && both.hasOwnProperty("prototype"), true);
assert.throws(TypeError, function () { new generator; });
assert.throws(TypeError, function () { new later; });
{ function inBlock() { return 5; } assert.sameValue(inBlock(), 5); }
