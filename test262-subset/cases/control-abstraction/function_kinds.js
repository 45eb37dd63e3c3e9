// SPDX-License-Identifier: MIT
/*---
description: The constructors of generator functions and async functions, which have no global name.
---*/
var GeneratorFunction = function* () {}.constructor, AsyncFunction = async function () {}.constructor;
var AsyncGeneratorFunction = async function* () {}.constructor;
assert.sameValue(GeneratorFunction.name + AsyncFunction.name + AsyncGeneratorFunction.name, "GeneratorFunctionAsyncFunctionAsyncGeneratorFunction");
assert.compareArray([...new GeneratorFunction("a", "yield a; yield 2")(1)], [1, 2]);
assert(AsyncFunction("await 1")() instanceof Promise);
assert.sameValue(typeof AsyncGeneratorFunction("yield await 1")().next, "function");
assert.throws(SyntaxError, function () { GeneratorFunction("function yield() { 'use strict'; }"); });
assert.throws(SyntaxError, function () { AsyncFunction("a = await 1", ""); });
assert.sameValue(Object.prototype.toString.call(async function () {}), "[object AsyncFunction]");
