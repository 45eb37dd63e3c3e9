// SPDX-License-Identifier: MIT
/*---
description: toFixed, toExponential and toPrecision round exactly.
---*/
assert.sameValue((1.005).toFixed(2), "1.00");
assert.sameValue((2.5).toFixed(0), "3");
assert.sameValue((-1.5).toFixed(0), "-2");
assert.sameValue((1e21).toFixed(2), "1e+21");
assert.sameValue((0.000001).toFixed(7), "0.0000010");
assert.sameValue((1000000000000000128).toFixed(0), "1000000000000000128");
assert.sameValue((123456).toExponential(2), "1.23e+5");
assert.sameValue((0).toExponential(), "0e+0");
assert.sameValue((12345).toExponential(), "1.2345e+4");
assert.sameValue((123.456).toPrecision(4), "123.5");
assert.sameValue((0.00001).toPrecision(1), "0.00001");
assert.sameValue((0.0000001).toPrecision(2), "1.0e-7");
assert.sameValue((123456).toPrecision(2), "1.2e+5");
assert.sameValue((1.25).toPrecision(), "1.25");
assert.throws(RangeError, function () { (1).toFixed(101); });
assert.throws(RangeError, function () { (1).toPrecision(0); });
assert.throws(RangeError, function () { (1).toExponential(-1); });
assert.sameValue(Infinity.toFixed(1) + NaN.toPrecision(3) + (-Infinity).toExponential(500), "InfinityNaN-Infinity");
