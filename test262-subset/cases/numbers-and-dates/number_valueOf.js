// SPDX-License-Identifier: MIT
/*---
description: Number.prototype.valueOf and its receivers.
---*/
assert.sameValue(new Number(3).valueOf(), 3);
assert.sameValue((4).valueOf(), 4);
assert.throws(TypeError, function () { Number.prototype.valueOf.call({}); });
assert.sameValue(Number.prototype.valueOf(), 0);
