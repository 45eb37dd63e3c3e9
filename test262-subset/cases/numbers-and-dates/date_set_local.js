// SPDX-License-Identifier: MIT
/*---
description: Setting parts in local time.
---*/
function same(d, wanted) { assert.sameValue(d.getTime(), wanted.getTime()); }
var d = new Date(2000, 0, 1);
d.setFullYear(2021, 5, 15); same(d, new Date(2021, 5, 15));
d.setMonth(6, 1); same(d, new Date(2021, 6, 1));
d.setDate(20); same(d, new Date(2021, 6, 20));
d.setHours(10, 11, 12, 13); same(d, new Date(2021, 6, 20, 10, 11, 12, 13));
d.setMinutes(1, 2, 3); same(d, new Date(2021, 6, 20, 10, 1, 2, 3));
d.setSeconds(4, 5); same(d, new Date(2021, 6, 20, 10, 1, 4, 5));
d.setMilliseconds(6); same(d, new Date(2021, 6, 20, 10, 1, 4, 6));
assert.sameValue(d.setTime(42), 42);
assert.sameValue(d.setTime(NaN), NaN);
d.setYear(95); same(d, new Date(1995, 0, 1));
