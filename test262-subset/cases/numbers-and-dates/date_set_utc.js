// SPDX-License-Identifier: MIT
/*---
description: Setting parts in UTC carries over.
---*/
var d = new Date(0);
assert.sameValue(d.setUTCFullYear(2020, 1, 30), Date.UTC(2020, 2, 1));
assert.sameValue(d.setUTCMonth(0, 31), Date.UTC(2020, 0, 31));
assert.sameValue(d.setUTCDate(0), Date.UTC(2019, 11, 31));
assert.sameValue(d.setUTCHours(25, 1, 2, 3), Date.UTC(2020, 0, 1, 1, 1, 2, 3));
assert.sameValue(d.setUTCMinutes(5, 6, 7), Date.UTC(2020, 0, 1, 1, 5, 6, 7));
assert.sameValue(d.setUTCSeconds(70, 0), Date.UTC(2020, 0, 1, 1, 6, 10));
assert.sameValue(d.setUTCMilliseconds(-1), Date.UTC(2020, 0, 1, 1, 6, 9, 999));
assert.sameValue(d.setUTCDate(NaN), NaN);
assert.sameValue(d.setUTCHours(1), NaN);
assert.sameValue(d.setUTCFullYear(1970), 0);
