// SPDX-License-Identifier: MIT
/*---
description: Arrow functions see this, arguments, super and new.target of where they stand.
---*/
function F() { return [() => this, () => arguments[0], () => new.target, async () => this]; }
var parts = Reflect.construct(F, [7]), self = parts[0]();
assert(self instanceof F && parts[1]() === 7 && parts[2]() === F);
assert.sameValue(parts[0].call(1), self);
assert.sameValue((a => b => a + b)(1)(2), 3);
assert.sameValue((({ a }, [b], ...c) => a + b + c.length)({ a: 1 }, [2], 3, 4), 5);
assert.sameValue((() => ({ x: 1 }))().x, 1);
assert.sameValue((async => async)(1), 1);
assert.throws(SyntaxError, function () { eval("a\n=> a"); });
assert.throws(TypeError, function () { new (() => 1); });
