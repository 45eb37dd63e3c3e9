// SPDX-License-Identifier: MIT
/*---
description: Number::toString gives the shortest digits that read back as the same number.
---*/
assert.sameValue(String(0.1), "0.1");
assert.sameValue(String(1e21), "1e+21");
assert.sameValue(String(123456789012345680000), "123456789012345680000");
assert.sameValue(String(5e-324), "5e-324");
assert.sameValue(String(1.7976931348623157e308), "1.7976931348623157e+308");
assert.sameValue(String(0.000001), "0.000001");
assert.sameValue(String(1e-7), "1e-7");
assert.sameValue(String(-0), "0");
assert.sameValue((255).toString(36), "73");
