// SPDX-License-Identifier: MIT
// A back reference to a lone lead surrogate matched the first half of a pair although the pattern has the flag u.
'use strict';
const assert = require('../js/lib/assert.js');

const text = '\ud804\ud804\udc04';
assert.equal(/(.)\1?/u.exec(text)[0], '\ud804');
assert.equal(/(.)\1?/.exec(text)[0], '\ud804\ud804');
assert.equal(/(?<=\1(\udc04))$/u.exec('\ud804\udc04\udc04'), null);
assert.equal(/(?<=\1(\udc04))$/.exec('\ud804\udc04\udc04').index, 3);
