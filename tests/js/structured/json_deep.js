// SPDX-License-Identifier: MIT
// skip: gc-stress slow: every collection walks half a million arrays
// JSON that is nested deeply: parsing has no limit, writing ends with a RangeError.
'use strict';
const assert = require('../lib/assert.js');

const deep = '['.repeat(500000) + ']'.repeat(500000);
assert.equal(JSON.parse(deep).length, 1);
let nested = [];
for (let i = 0; i < 500000; i++) nested = [nested];
assert.throws(() => JSON.stringify(nested), RangeError);
assert.throws(() => JSON.parse(deep, (k, v) => v), RangeError);
