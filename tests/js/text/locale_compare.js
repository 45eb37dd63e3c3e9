// SPDX-License-Identifier: MIT
// localeCompare: the order that people expect of Latin text.
'use strict';
const assert = require('../lib/assert.js');

const sorted = ['', ' ', '_', '-', ',', ';', ':', '!', '?', '.', '(', '[', '{', '@', '*', '/', '&', '#', '%', '+', '<', '=', '>', '$',
  '0', '1', '10', '2', '9', 'a', 'A', 'á', 'Á', 'ä', 'ab', 'Ab', 'aB', 'áb', 'ac', 'æ', 'b', 'B', 'c', 'ç', 'e', 'é', 'è', 'n', 'ñ', 'o',
  'O', 'ö', 'oe', 'ø', 's', 'ss', 'z', 'Z'];
for (const [a, b, order] of [
  ['a', 'b', -1], ['b', 'a', 1], ['a', 'a', 0], ['a', 'A', -1], ['A', 'b', -1], ['a', 'B', -1], ['résumé', 'resume', 1],
  ['résumé', 'resumf', -1], ['a', 'á', -1], ['á', 'b', -1], ['Z', 'a', 1], ['10', '2', -1], ['_a', 'a', -1], ['a b', 'ab', -1],
  ['co-op', 'coop', -1], ['ä', 'a\u0308', 0], ['\u1E9B\u0323', '\u017F\u0323\u0307', 0], ['', 'a', -1], ['ß', 'ss', 1], ['ß', 'st', -1],
  ['zebra', 'Äpfel', 1], ['a', 'ab', -1], ['Ab', 'aa', 1], ['1', 'a', -1], ['$', '1', -1], ['я', 'z', 1],
]) {
  assert.equal(Math.sign(a.localeCompare(b)), order, a + ' and ' + b);
  assert.equal(Math.sign(b.localeCompare(a)), -order + 0, b + ' and ' + a);
}
for (let i = 1; i < 24; i++) assert(sorted[i - 1].localeCompare(sorted[i]) < 0, sorted[i]);
assert.deepEqual(['b', 'a', 'C', 'A', 'c', 'B', 'ä'].sort((x, y) => x.localeCompare(y)), ['a', 'A', 'ä', 'b', 'B', 'c', 'C']);
assert.deepEqual(['v10', 'v9', 'v1', 'v01b'].sort((x, y) => x.localeCompare(y, undefined, { numeric: true })), ['v1', 'v01b', 'v9', 'v10']);
assert.equal('a'.localeCompare('Á', undefined, { sensitivity: 'base' }), 0);
assert.equal('a'.localeCompare('A', undefined, { sensitivity: 'accent' }), 0);
assert.notEqual('a'.localeCompare('á', undefined, { sensitivity: 'accent' }), 0);
assert.equal('a'.localeCompare('á', undefined, { sensitivity: 'case' }), 0);
assert.equal('a'.localeCompare('A', 'en', { caseFirst: 'upper' }), 1);
assert.throws(() => String.prototype.localeCompare.call(undefined, ''), TypeError);
