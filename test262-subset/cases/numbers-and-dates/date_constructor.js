// SPDX-License-Identifier: MIT
/*---
description: Dates of components, numbers, texts and dates.
---*/
assert.sameValue(typeof Date(), "string");
assert.sameValue(new Date(5).getTime(), 5);
assert.sameValue(new Date(new Date(7)).getTime(), 7);
assert.sameValue(new Date(2020, 0).getMonth(), 0);
assert.sameValue(new Date(99, 0).getFullYear(), 1999);
assert.sameValue(new Date(2020, 1, 30).getDate(), 1);
assert.sameValue(new Date(NaN).getTime(), NaN);
assert.sameValue(new Date(8.64e15).getTime(), 8.64e15);
assert.sameValue(new Date(8.64e15 + 1).getTime(), NaN);
assert.sameValue(new Date(1.9).getTime(), 1);
assert(Math.abs(new Date() - Date.now()) < 60000);
assert.sameValue(new Date("2020-01-01").getTime(), 1577836800000);
assert.sameValue(new Date(2020, 0, 1, 2, 3, 4, 5).valueOf(), new Date(2020, 0, 1, 2, 3, 4, 5).getTime());
