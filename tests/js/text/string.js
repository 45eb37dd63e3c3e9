// SPDX-License-Identifier: MIT
// String.prototype: parts, searching, replacing and splitting, in Latin-1, in UTF-16, and across ropes and slices.
'use strict';
const assert = require('../lib/assert.js');

function rope(s) { // the same text, built from pieces
  let out = '';
  for (const part of [s.slice(0, s.length >> 1), s.slice(s.length >> 1)]) out += part;
  return out;
}

// Characters
for (const s of ['abc', 'añc', 'aāc', rope('abcdefghijklmnopqrstuvwxyz0123456789ā')]) {
  assert.equal(s.charAt(0), 'a');
  assert.equal(s.charAt(-1), '');
  assert.equal(s.charAt(s.length), '');
  assert.equal(s.at(-1), s[s.length - 1]);
  assert.equal(s.at(s.length), undefined);
  assert.equal(s.charCodeAt(1), s.codePointAt(1));
  assert.equal(s.charCodeAt(99), NaN);
}
const emoji = 'x\u{1F600}y';
assert.equal(emoji.codePointAt(1), 0x1F600);
assert.equal(emoji.codePointAt(2), 0xDE00);
assert.equal(emoji.at(1), '\uD83D');
assert.deepEqual([...emoji], ['x', '\u{1F600}', 'y']);
assert.deepEqual([...'\uD83D\uD83D\uDE00\uDE00'], ['\uD83D', '\u{1F600}', '\uDE00']);
assert.equal(String.fromCodePoint(0x1F600, 97), '\u{1F600}a');
assert.throws(() => String.fromCodePoint(0x110000), 'Invalid code point 1114112');
assert.throws(() => String.fromCodePoint(1.5), RangeError);
assert.equal(String.fromCharCode(65.9, 0x10041, -1), 'AA\uFFFF');
assert.equal(String.raw`a\n${1}b`, 'a\\n1b');
assert.equal(String(Symbol('s')), 'Symbol(s)');
assert.throws(() => new String(Symbol()), TypeError);
assert.equal(typeof new String('x'), 'object');

// Parts
const text = 'The quick brown fox jumps over the lazy dog';
assert.equal(text.slice(4, 9), 'quick');
assert.equal(text.slice(-3), 'dog');
assert.equal(text.slice(9, 4), '');
assert.equal(text.substring(9, 4), 'quick');
assert.equal(text.substring(-5, NaN), '');
assert.equal(text.substr(-3, 2), 'do');
assert.equal(text.substr(4, 5), 'quick');
assert.equal(text.substr(4, -1), '');
assert.equal('a'.concat('b', 1, null, 'ā'), 'ab1nullā');
assert.equal('ab'.repeat(3), 'ababab');
assert.equal('ā'.repeat(3), 'āāā');
assert.equal('x'.repeat(0), '');
assert.equal(''.repeat(2 ** 40), '');
assert.throws(() => 'x'.repeat(-1), 'Invalid count value: -1');
assert.throws(() => 'x'.repeat(2 ** 30), 'Invalid string length');
assert.equal('5'.padStart(3, 'abc'), 'ab5');
assert.equal('5'.padEnd(6, 'abc'), '5abcab');
assert.equal('5'.padEnd(4, 'ā'), '5āāā');
assert.equal('5'.padStart(3, ''), '5');
assert.throws(() => 'x'.padEnd(2 ** 40), 'Invalid string length');
const space = '\t\n\v\f\r \u00A0\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF';
assert.equal((space + 'a b' + space).trim(), 'a b');
assert.equal((space + 'a' + space).trimStart(), 'a' + space);
assert.equal((space + 'a' + space).trimEnd(), space + 'a');
assert.equal(space.trim(), '');
assert.equal('\u200Ba'.trim().length, 2);
assert.equal(String.prototype.trimLeft, String.prototype.trimStart);
assert.equal(String.prototype.trimLeft.name, 'trimStart');

// Searching
assert.equal(text.indexOf('o'), 12);
assert.equal(text.indexOf('o', 13), 17);
assert.equal(text.indexOf(''), 0);
assert.equal(text.indexOf('', 99), text.length);
assert.equal(text.lastIndexOf('o'), 41);
assert.equal(text.lastIndexOf('the', 30), -1);
assert.equal(text.lastIndexOf(''), text.length);
assert.equal(text.lastIndexOf('o', NaN), 41);
assert.equal(text.lastIndexOf('T', -5), 0);
assert.equal((text + 'ā').indexOf('dog'), 40);
assert.equal(text.indexOf('ā'), -1);
assert.equal(text.includes('fox'), true);
assert.equal(text.includes('fox', 17), false);
assert.equal(text.startsWith('quick', 4), true);
assert.equal(text.endsWith('quick', 9), true);
assert.equal(text.endsWith(''), true);
assert.equal('ā' + 'b' === 'āb' && 'āb'.startsWith('ā'), true);
assert.equal('undefined'.includes(), true);
assert.throws(() => 'a'.includes({ [Symbol.match]: true }), 'First argument to String.prototype.includes must not be a regular expression');

// replace
assert.equal('abcabc'.replace('b', 'X'), 'aXcabc');
assert.equal('abcabc'.replaceAll('b', 'X'), 'aXcaXc');
assert.equal('abc'.replace('b', '[$&|$`|$\'|$$|$1|$<x>|$]'), 'a[b|a|c|$|$1|$<x>|$]c');
assert.equal('abc'.replaceAll('', '-'), '-a-b-c-');
assert.equal('aaa'.replaceAll('aa', 'b'), 'ba');
assert.equal('abc'.replace('b', (...args) => JSON.stringify(args)), 'a["b",1,"abc"]c');
assert.equal('xyx'.replaceAll('x', (m, i) => i), '0y2');
assert.equal('āb'.replaceAll('b', 'c'), 'āc');
assert.equal('ab'.replace('z', () => { throw 1; }), 'ab');
assert.equal('a.b.c'.replaceAll('.', 'ā'), 'aābāc');
const replacer = { [Symbol.replace]: (s, v) => 'via ' + s + v };
assert.equal('text'.replace(replacer, 1), 'via text1');
assert.equal('text'.replaceAll(replacer, 1), 'via text1');
assert.throws(() => String.prototype.replace.call(null), 'String.prototype.replace called on null or undefined');

// split
assert.deepEqual('a,b,,c'.split(','), ['a', 'b', '', 'c']);
assert.deepEqual('a,b,c'.split(',', 2), ['a', 'b']);
assert.deepEqual('abc'.split(''), ['a', 'b', 'c']);
assert.deepEqual('abc'.split('', 2), ['a', 'b']);
assert.deepEqual(''.split(''), []);
assert.deepEqual(''.split(','), ['']);
assert.deepEqual('abc'.split(), ['abc']);
assert.deepEqual('abc'.split(undefined, 0), []);
assert.deepEqual('a--b--'.split('--'), ['a', 'b', '']);
assert.deepEqual('aXbX'.split('X', -1), ['a', 'b', '']);
assert.deepEqual('\u{1F600}'.split(''), ['\uD83D', '\uDE00']);
assert.deepEqual('x'.split({ [Symbol.split]: (s) => [s, 'own'] }), ['x', 'own']);
const long = [];
for (let i = 0; i < 3000; i++) long.push('field number ' + i + ' with enough text to be a slice');
assert.deepEqual(long.join('\n').split('\n'), long);

// Well-formedness
assert.equal('a\uD800b'.isWellFormed(), false);
assert.equal('a\uD800b\uDC00'.toWellFormed(), 'a\uFFFDb\uFFFD');
assert.equal(emoji.toWellFormed(), emoji);
assert.equal('plain'.isWellFormed(), true);

// HTML
assert.equal('x'.anchor('a"b'), '<a name="a&quot;b">x</a>');
assert.equal('x'.bold() + 'x'.fixed(), '<b>x</b><tt>x</tt>');

// Case
assert.equal('Straße'.toUpperCase(), 'STRASSE');
assert.equal('ÿµ'.toUpperCase(), '\u0178\u039C');
assert.equal('ÀÞ×'.toLowerCase(), 'àþ×');
assert.equal('ΑΣ ΑΣΑ Σ'.toLowerCase(), 'ας ασα σ');
assert.equal('İ'.toLowerCase(), 'i̇');
assert.equal('ŉ'.toUpperCase(), 'ʼN');
assert.equal('\u{10400}'.toLowerCase(), '\u{10428}');
assert.equal('I'.toLocaleLowerCase('tr'), 'ı');
assert.equal('i'.toLocaleUpperCase('tr-TR'), 'İ');
const same = 'already lower ā';
assert.equal(same.toLowerCase(), same);

// normalize
assert.equal('é'.normalize('NFD'), 'e\u0301');
assert.equal('e\u0301'.normalize(), 'é');
assert.equal('ﬁ'.normalize('NFKC'), 'fi');
assert.equal('\u1E9B\u0323'.normalize('NFKD'), 's\u0323\u0307');
assert.throws(() => 'x'.normalize('nfc'), 'The normalization form should be one of NFC, NFD, NFKC, NFKD.');
