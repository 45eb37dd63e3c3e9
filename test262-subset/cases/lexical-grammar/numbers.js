// SPDX-License-Identifier: MIT
/*---
description: Literals of numbers.
---*/
assert.compareArray([0x1F, 0b101, 0o17, 1_000, .5, 5., 5e-1, 0xffn, 1_0n, 0.0000001], [31, 5, 15, 1000, 0.5, 5, 0.5, 255n, 10n, 1e-7]);
["1__0", "1_", "0_1", "0x", "0b2", "1e", "3in []", "1.5n", "01n", "0x1.5", "1a"].forEach(function (text) {
  assert.throws(SyntaxError, function () { eval(text); }, text);
});
