// SPDX-License-Identifier: MIT
/*---
description: Numbers in any radix.
---*/
assert.sameValue((255).toString(16), "ff");
assert.sameValue((-255).toString(2), "-11111111");
assert.sameValue((0.5).toString(2), "0.1");
assert.sameValue((35).toString(36), "z");
assert.sameValue(NaN.toString(2), "NaN");
assert.sameValue((1e21).toString(), "1e+21");
assert.sameValue((123456789012345680000).toString(), "123456789012345680000");
assert.sameValue((1e-7).toString(), "1e-7");
assert.sameValue((-1e-6).toString(), "-0.000001");
assert.sameValue((5e-324).toString(), "5e-324");
assert.throws(RangeError, function () { (1).toString(1); });
assert.throws(RangeError, function () { (1).toString(37); });
assert.throws(TypeError, function () { Number.prototype.toString.call("1"); });
assert.sameValue(typeof (1234.5).toLocaleString(), "string");
