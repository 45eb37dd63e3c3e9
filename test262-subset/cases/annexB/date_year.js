// SPDX-License-Identifier: MIT
/*---
description: getYear, setYear, toGMTString.
---*/
var d = new Date(1999, 5);
assert.sameValue(d.getYear(), 99);
d.setYear(2000);
assert.sameValue(d.getFullYear(), 2000);
d.setYear(5);
assert.sameValue(d.getFullYear(), 1905);
assert.sameValue(d.setYear(NaN), NaN);
assert.sameValue(Date.prototype.toGMTString.name, "toUTCString");
