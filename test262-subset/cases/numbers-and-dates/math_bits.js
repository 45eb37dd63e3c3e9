// SPDX-License-Identifier: MIT
/*---
description: clz32, imul, fround, f16round.
features: [Float16Array]
---*/
assert.sameValue(Math.clz32(0), 32);
assert.sameValue(Math.clz32(-1), 0);
assert.sameValue(Math.clz32(0x100000000 + 1), 31);
assert.sameValue(Math.imul(0xffffffff, 5), -5);
assert.sameValue(Math.imul(2 ** 31, 2), 0);
assert.sameValue(Math.fround(5.05), 5.050000190734863);
assert.sameValue(Math.fround(1e40), Infinity);
assert.sameValue(Math.f16round(1.337), 1.3369140625);
assert.sameValue(Math.f16round(65520), Infinity);
assert.sameValue(Math.f16round(-1e-8), -0);
