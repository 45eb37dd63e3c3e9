// SPDX-License-Identifier: MIT
/*---
description: Parts of a date, UTC and local.
---*/
var d = new Date(Date.UTC(2024, 1, 29, 13, 14, 15, 16));
assert.compareArray([d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(),
                     d.getUTCSeconds(), d.getUTCMilliseconds()], [2024, 1, 29, 4, 13, 14, 15, 16]);
var local = new Date(2024, 1, 29, 13, 14, 15, 16);
assert.compareArray([local.getFullYear(), local.getMonth(), local.getDate(), local.getDay(), local.getHours(), local.getMinutes(),
                     local.getSeconds(), local.getMilliseconds()], [2024, 1, 29, 4, 13, 14, 15, 16]);
assert.sameValue(local.getYear(), 124);
assert.sameValue(local.getTime() - local.getTimezoneOffset() * 60000, d.getTime());
assert.sameValue(new Date(NaN).getDay(), NaN);
assert.sameValue(new Date(NaN).getTimezoneOffset(), NaN);
assert.throws(TypeError, function () { Date.prototype.getTime.call({}); });
