// SPDX-License-Identifier: MIT
/*---
description: Generators: next, return, throw, states.
---*/
function* g(a) { try { var b = yield a; yield b + 1; } finally { log.push("finally"); } return 9; }
var log = [], it = g(1);
assert.sameValue(it.next("lost").value, 1);
assert.sameValue(it.next(5).value, 6);
assert.compareArray([it.return(7).value, it.next().done, log.join()], [7, true, "finally"]);
it = g(1);
it.next();
assert.throws(RangeError, function () { it.throw(new RangeError); });
assert.sameValue(it.next().done, true);
it = g();
assert.sameValue(it.return(3).value, 3);
assert.throws(TypeError, function () { g().next.call({}); });
function* self() { assert.throws(TypeError, function () { running.next(); }); yield 1; }
var running = self();
running.next();
assert.throws(TypeError, function () { new g(); });
assert.sameValue(g.prototype.isPrototypeOf(it), true);
g.prototype = null;
assert.sameValue(Object.getPrototypeOf(Object.getPrototypeOf(g())), Object.getPrototypeOf(Object.getPrototypeOf(function* () {}.prototype)));
