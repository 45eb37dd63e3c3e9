// SPDX-License-Identifier: MIT
// env: TZ=Europe/Berlin
// Dates as en-US writes them.
'use strict';
const assert = require('../lib/assert.js');

const d = new Date('2021-07-04T15:06:07.089Z');
const cases = [
  [{}, '7/4/2021, 5:06:07 PM'],
  [{ timeZone: 'UTC' }, '7/4/2021, 3:06:07 PM'],
  [{ hour12: false, timeZone: 'UTC' }, '7/4/2021, 15:06:07'],
  [{ year: 'numeric', month: 'long', day: 'numeric' }, 'July 4, 2021'],
  [{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, 'Sunday, July 4, 2021'],
  [{ weekday: 'short', month: 'short', day: '2-digit' }, 'Sun, Jul 04'],
  [{ year: 'numeric', month: '2-digit', day: '2-digit' }, '07/04/2021'],
  [{ month: 'long', year: 'numeric' }, 'July 2021'],
  [{ year: 'numeric' }, '2021'],
  [{ weekday: 'long' }, 'Sunday'],
  [{ hour: '2-digit', minute: '2-digit' }, '05:06 PM'],
  [{ hour: 'numeric' }, '5 PM'],
  [{ dateStyle: 'full' }, 'Sunday, July 4, 2021'],
  [{ dateStyle: 'medium', timeStyle: 'short' }, 'Jul 4, 2021, 5:06 PM'],
  [{ dateStyle: 'long', timeStyle: 'medium' }, 'July 4, 2021 at 5:06:07 PM'],
  [{ dateStyle: 'short' }, '7/4/21'],
  [{ timeStyle: 'long' }, '5:06:07 PM GMT+2'],
];
for (const [options, expected] of cases) {
  assert.equal(d.toLocaleString('en-US', options), expected, JSON.stringify(options));
}
assert.equal(d.toLocaleDateString('en-US', { weekday: 'short' }), 'Sun');
assert.equal(d.toLocaleDateString(), '7/4/2021');
assert.equal(d.toLocaleTimeString('en-US', { hour12: false }), '17:06:07');
assert.throws(() => d.toLocaleString('en-US', { timeZone: 'Mars/Olympus' }), 'Invalid time zone specified: Mars/Olympus');
assert.throws(() => d.toLocaleString('en-US', { month: 'big' }), RangeError);
