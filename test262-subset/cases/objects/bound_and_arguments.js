// SPDX-License-Identifier: MIT
/*---
description: Exotic objects: arguments in strict code, bound functions, texts.
flags: [onlyStrict]
---*/
function f(a) { a = 2; return arguments; }
var args = f(1, 5);
assert.compareArray([args[0], args.length, args[1]], [1, 2, 5]);
assert.throws(TypeError, function () { args.callee; });
assert.compareArray([...args], [1, 5]);
assert.sameValue(Object.prototype.toString.call(args), "[object Arguments]");
assert.throws(TypeError, function () { f.caller; });
assert.throws(TypeError, function () { "use strict"; f.bind().arguments = 1; });
