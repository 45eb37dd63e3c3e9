// SPDX-License-Identifier: MIT
/*---
description: Arguments are evaluated in order before the callee is checked; spread.
---*/
var log = [], arg = (v) => (log.push(v), v);
assert.throws(TypeError, function () { undefined_(arg(1)); function undefined_() { throw new TypeError; } });
assert.throws(TypeError, function () { var n = null; n(arg(2), arg(3)); });
assert.compareArray(log, [1, 2, 3]);
assert.sameValue(Math.max(...[1, 5], 3, ...new Set([7])), 7);
assert.sameValue((function () { return arguments.length; })(...Array(1000)), 1000);
assert.sameValue(((a, b) => a - b)(...[5], 3), 2);
