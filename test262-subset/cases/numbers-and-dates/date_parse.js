// SPDX-License-Identifier: MIT
/*---
description: Date.parse reads what toISOString, toString and toUTCString write.
---*/
assert.sameValue(Date.parse("1970-01-01T00:00:00.001Z"), 1);
assert.sameValue(Date.parse("1970-01-01T00:00:00+01:00"), -3600000);
assert.sameValue(Date.parse("+002020-02-29T24:00:00Z"), Date.UTC(2020, 2, 1));
assert.sameValue(Date.parse("-000000-01-01T00:00Z"), NaN);
assert.sameValue(Date.parse("2020-13-01"), NaN);
assert.sameValue(Date.parse("nonsense"), NaN);
var d = new Date(1e12);
assert.sameValue(Date.parse(d.toString()), 1e12);
assert.sameValue(Date.parse(d.toUTCString()), 1e12);
assert.sameValue(Date.parse(d.toISOString()), 1e12);
assert.sameValue(Date.UTC(2017), Date.UTC(2017, 0, 1, 0, 0, 0, 0));
assert.sameValue(Date.UTC(), NaN);
assert.sameValue(Date.UTC(70, 0), 0);
