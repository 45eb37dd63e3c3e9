// SPDX-License-Identifier: MIT
/*---
description: fromCharCode, fromCodePoint, raw.
features: [String.fromCodePoint]
---*/
assert.sameValue(String.fromCharCode(65, 0x10041, -1), "AA\uffff");
assert.sameValue(String.fromCodePoint(0x1f600, 65), "\u{1f600}A");
assert.throws(RangeError, function () { String.fromCodePoint(0x110000); });
assert.throws(RangeError, function () { String.fromCodePoint(1.5); });
assert.sameValue(String.raw`a\n${1 + 1}\u`, "a\\n2\\u");
assert.sameValue(String.raw({ raw: "abc" }, 1, 2, 3), "a1b2c");
assert.sameValue(String.raw({ raw: [] }), "");
