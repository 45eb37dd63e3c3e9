// SPDX-License-Identifier: MIT
/*---
description: What texts are as numbers.
---*/
assert.compareArray(["", " ", "0x10", "0b11", "0o7", "1e3", ".5", "5.", "-Infinity", "1n", "0x", "1 2", "\u00a05\ufeff", "-0x1"].map(Number),
                    [0, 0, 16, 3, 7, 1000, 0.5, 5, -Infinity, NaN, NaN, NaN, 5, NaN]);
assert.compareArray([null, undefined, true, [], ["7"], {}, new Date(5)].map((v) => +v), [0, NaN, 1, 0, 7, NaN, 5]);
