// SPDX-License-Identifier: MIT
// The Date of a response: made once in a second.
'use strict';

const { now } = internalBinding('timers');

let text = '', until = 0;

// now() is the loop's clock, which costs nothing; the true one is asked when a second of it may have passed.
function utcDate() {
  const at = now();
  if (at < until) return text;
  const time = Date.now();
  text = new Date(time).toUTCString();
  until = at + (1000 - time % 1000);
  return text;
}

module.exports = { utcDate };
