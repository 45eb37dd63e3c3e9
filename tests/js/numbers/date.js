// SPDX-License-Identifier: MIT
// env: TZ=Europe/Berlin
// Date.
'use strict';
const assert = require('../lib/assert.js');

// The standard's format
const parses = {
  '2020-01-02T03:04:05.678Z': 1577934245678,
  '2020-01-02T03:04:05Z': 1577934245000,
  '2020-01-02': 1577923200000,
  '2020-01': 1577836800000,
  '2020': 1577836800000,
  '2020-01-02T03:04': 1577930640000, // local
  '2020-01-02T03:04+05:30': 1577914440000,
  '2020-01-01T24:00Z': 1577923200000,
  '+275760-09-13T00:00:00.000Z': 8.64e15,
  '+275760-09-13T00:00:00.001Z': NaN,
  '-000000-01-01T00:00Z': NaN,
  '2020-13-01': NaN,
  '2020-01-01T25:00Z': NaN,
  '2020-01-02T03:04:05.6789Z': 1577934245678,
};
for (const text in parses) assert.equal(Date.parse(text), parses[text], text);

// What else is accepted
const loose = {
  'Thu, 01 Jan 1970 00:00:00 GMT': 0,
  'Thu Jan 01 1970 01:00:00 GMT+0100 (CET)': 0,
  'Jan 1 1970 1:00 AM': 0,
  '1 January 1970 GMT': 0,
  'January 2, 1970 12:30 PM UTC': 131400000,
  '1970/01/02 UTC': 86400000,
  '1/2/1970 GMT': 86400000,
  '1/2/70 GMT': 86400000,
  '1/2/20 GMT': 1577923200000,
  '1970-01-01 00:00:00Z': 0,
  '1970-01-01 00:00:00 +0100': -3600000,
  '1970-01-01 00:00 EST': 18000000,
  'Sat Jan 03 1970 (Saturday) 00:00 GMT': 172800000,
  'foo': NaN,
  '': NaN,
  '1970-01-01 foo': NaN,
  'Jan 32 1970': NaN,
  '12:00': NaN,
};
for (const text in loose) assert.equal(Date.parse(text), loose[text], text);
assert.equal(Date.parse(new Date(1234567890000).toString()), 1234567890000);
assert.equal(Date.parse(new Date(1234567890000).toUTCString()), 1234567890000);

// Components, local time with a gap and an overlap
assert.equal(new Date(2020, 0).getTime(), 1577833200000);
assert.equal(new Date(99, 0).getFullYear(), 1999);
assert.equal(new Date(2020, 2, 29, 2, 30).toString(), 'Sun Mar 29 2020 03:30:00 GMT+0200 (Central European Summer Time)');
assert.equal(new Date(2020, 9, 25, 2, 30).getTimezoneOffset(), -120);
assert.equal(Date.UTC(2020, 1, 30), 1583020800000);
assert.equal(Date.UTC(), NaN);
assert.equal(new Date(NaN).getTime(), NaN);
assert.equal(new Date(8.64e15 + 1).getTime(), NaN);
assert.equal(new Date(-0.5).getTime(), 0);
assert.equal(new Date(new Date(5)).getTime(), 5);
assert.equal(typeof Date(), 'string');
assert.equal(Date.length, 7);

// Getters
const d = new Date('2021-07-04T05:06:07.089Z');
assert.deepEqual([d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()],
  [2021, 6, 4, 0, 7, 6, 7, 89]);
assert.equal(d.getUTCHours(), 5);
assert.equal(d.getYear(), 121);
assert.equal(new Date(-1).getUTCMilliseconds(), 999);
assert.equal(new Date(-62198755200000).getUTCFullYear(), -1);

// Setters
const t = new Date(0);
assert.equal(t.setUTCFullYear(2000, 1, 29), 951782400000);
assert.equal(t.setUTCMonth(12), 980726400000);
assert.equal(t.setUTCHours(25, 61, 61, 1001), 980820122001);
assert.equal(new Date(NaN).setMonth(1), NaN);
assert.equal(new Date(NaN).setFullYear(1970), -3600000);
const order = [];
new Date(NaN).setHours({ valueOf() { order.push('h'); } }, { valueOf() { order.push('m'); } });
assert.deepEqual(order, ['h', 'm']);
assert.equal(new Date(0).setYear(70), 0);
assert.equal(new Date(0).setTime('5'), 5);

// Texts
assert.equal(d.toISOString(), '2021-07-04T05:06:07.089Z');
assert.equal(new Date(-62198755200000).toISOString(), '-000001-01-01T00:00:00.000Z');
assert.equal(d.toUTCString(), 'Sun, 04 Jul 2021 05:06:07 GMT');
assert.equal(d.toString(), 'Sun Jul 04 2021 07:06:07 GMT+0200 (Central European Summer Time)');
assert.equal(d.toDateString(), 'Sun Jul 04 2021');
assert.equal(d.toTimeString(), '07:06:07 GMT+0200 (Central European Summer Time)');
assert.equal(d.toLocaleDateString(), '7/4/2021');
assert.equal(d.toLocaleTimeString().replace(/\s/, ' '), '7:06:07 AM');
assert.equal(d.toLocaleString('en-US', { timeZone: 'UTC' }).replace(/\s([AP])/, ' $1'), '7/4/2021, 5:06:07 AM');
assert.equal(d.toJSON(), d.toISOString());
assert.equal(JSON.stringify({ d: new Date(NaN) }), '{"d":null}');
assert.equal(String(new Date(NaN)), 'Invalid Date');
assert.throws(() => new Date(NaN).toISOString(), 'Invalid time value');
assert.throws(() => Date.prototype.getTime.call({}), 'this is not a Date object.');
assert.equal(Date.prototype.toGMTString, Date.prototype.toUTCString);

// Conversion
assert.equal(d + 1, d.toString() + '1');
assert.equal(d - 1, d.getTime() - 1);
assert.equal(d[Symbol.toPrimitive]('number'), d.getTime());
assert.throws(() => d[Symbol.toPrimitive]('x'), 'Invalid hint: x');
