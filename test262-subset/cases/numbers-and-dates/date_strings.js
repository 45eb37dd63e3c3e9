// SPDX-License-Identifier: MIT
/*---
description: How dates are written.
---*/
var d = new Date(Date.UTC(2024, 1, 29, 13, 14, 15, 16)), negative = new Date(Date.UTC(-1, 0, 1));
assert.sameValue(d.toISOString(), "2024-02-29T13:14:15.016Z");
assert.sameValue(negative.toISOString(), "-000001-01-01T00:00:00.000Z");
assert.sameValue(d.toUTCString(), "Thu, 29 Feb 2024 13:14:15 GMT");
assert.sameValue(d.toGMTString, d.toUTCString);
assert(/^(Wed|Thu|Fri) (Feb|Mar) \d\d 2024$/.test(d.toDateString()));
assert(/^\d\d:\d\d:\d\d GMT[-+]\d{4}/.test(d.toTimeString()));
assert.sameValue(d.toString(), d.toDateString() + " " + d.toTimeString());
assert.sameValue(String(new Date(NaN)), "Invalid Date");
assert.throws(RangeError, function () { new Date(NaN).toISOString(); });
assert.sameValue(d.toJSON(), d.toISOString());
assert.sameValue(new Date(NaN).toJSON(), null);
assert.sameValue([typeof d.toLocaleString(), typeof d.toLocaleDateString(), typeof d.toLocaleTimeString()].join(), "string,string,string");
assert.sameValue(d[Symbol.toPrimitive]("number"), d.getTime());
assert.sameValue(d[Symbol.toPrimitive]("default"), String(d));
assert.throws(TypeError, function () { d[Symbol.toPrimitive](); });
assert.sameValue(typeof (d + 1), "string");
assert.sameValue(d - 1, d.getTime() - 1);
