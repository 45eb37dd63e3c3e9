// SPDX-License-Identifier: MIT
/*---
description: Assignment and its compound forms on every kind of target.
---*/
var a = 1, o = { p: 1 };
a += 2; a -= 1; a *= 10; a /= 4; a %= 3; a **= 3; a <<= 2; a >>= 1; a >>>= 0; a &= 31; a |= 8; a ^= 1;
assert.sameValue(a, ((((((((20 / 4) % 3) ** 3) << 2) >> 1) >>> 0) & 31) | 8) ^ 1);
o.p += "x"; o["q"] = o.p;
assert.sameValue(o.q, "1x");
o.n ??= 5; o.n ??= 6; o.n ||= 7; o.n &&= 8; o.z ||= 9;
assert.compareArray([o.n, o.z], [8, 9]);
const fixed = 1;
assert.throws(TypeError, function () { fixed = 2; });
assert.sameValue(fixed ||= 5, 1);
assert.throws(TypeError, function () { fixed &&= 5; });
var b = a = 4;
assert.sameValue(a + b, 8);
var f; f = function () {}; f ||= 1;
assert.sameValue(f.name, "f");
