// SPDX-License-Identifier: MIT
/*---
description: Numeric literals of every base, with separators and as BigInt.
features: [numeric-separator-literal, BigInt]
---*/
assert.sameValue(1_000.5e1_0, 10005000000000);
assert.sameValue(0xff_ff, 65535);
assert.sameValue(0b1010_0101, 165);
assert.sameValue(0o7_7, 63);
assert.sameValue(1_0n, 10n);
