// SPDX-License-Identifier: MIT
// RegExp objects and what strings do with them.
'use strict';
const assert = require('../lib/assert.js');

// exec, lastIndex
const sticky = /b(c)?/y;
assert.equal(sticky.exec('abc'), null);
sticky.lastIndex = 1;
const match = sticky.exec('abc');
assert.deepEqual([match[0], match[1], match.index, match.input, sticky.lastIndex], ['bc', 'c', 1, 'abc', 3]);
assert.equal(match.groups, undefined);
const global = /a/g;
assert.equal(global.test('aa') && global.test('aa') && !global.test('aa'), true);
assert.equal(global.lastIndex, 0);
const named = /(?<year>\d+)-(?<month>\d+)/d.exec('on 2020-12');
assert.deepEqual([named.groups.year, named.groups.month, Object.getPrototypeOf(named.groups)], ['2020', '12', null]);
assert.deepEqual(named.indices[1], [3, 7]);
assert.deepEqual(named.indices.groups.month, [8, 10]);
const frozen = Object.freeze(/a/g);
assert.throws(() => frozen.exec('b'), TypeError);
const own = /x/;
own.exec = () => null;
assert.equal(own.test('x'), false);
const literal = () => /l/g;
assert.notEqual(literal(), literal());

// Construction
const re = /a/gi;
assert.equal(RegExp(re), re);
assert.notEqual(new RegExp(re), re);
assert.equal(new RegExp(re, 'm').flags, 'm');
assert.equal(new RegExp('/').source, '\\/');
assert.equal(new RegExp('\n').source, '\\n');
assert.equal(new RegExp('').source, '(?:)');
assert.equal(String(new RegExp('[/]')), '/[/]/');
assert.throws(() => new RegExp('('), 'Invalid regular expression: /(/: Unterminated group');
assert.throws(() => new RegExp('a', 'gg'), "Invalid flags supplied to RegExp constructor 'gg'");
assert.equal(/x/dgimsuy.flags, 'dgimsuy');
assert.equal(RegExp.prototype.global, undefined);
assert.equal(RegExp.prototype.source, '(?:)');
assert.throws(() => RegExp.prototype.exec.call({}), TypeError);
re.compile('b', 'y');
assert.equal(String(re), '/b/y');
class Sub extends RegExp { exec(s) { const r = super.exec(s); if (r) r[0] += '!'; return r; } }
assert.equal('abc'.replace(new Sub('b'), '[$&]'), 'a[b!]');
assert.equal(RegExp.escape('a.b-c d/\n'), '\\x61\\.b\\x2dc\\x20d\\/\\n');

// Strings
assert.deepEqual('a1b22'.match(/\d/g), ['1', '2', '2']);
assert.equal('abc'.match(/x/g), null);
assert.deepEqual([...'a1b2'.matchAll(/[a-z](\d)/g)].map((m) => m[1] + m.index), ['10', '22']);
assert.throws(() => 'a'.matchAll(/a/), TypeError);
assert.equal('abcabc'.search(/c/g), 2);
assert.equal('a-b_c'.replace(/[-_]/g, ''), 'abc');
assert.equal('john smith'.replace(/(\w+) (\w+)/, "$2, $1 $$ $` $' $&"), 'smith, john $   john smith');
assert.equal('2020-12'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'), '12/2020');
assert.equal('abc'.replace(/(?<x>b)/, (all, b, at, s, groups) => all + b + at + s + groups.x), 'abb1abcbc');
assert.equal('\u{1F600}x'.replace(/(?:)/gu, '-'), '-\u{1F600}-x-');
assert.equal('aaa'.replace(/a/y, 'b'), 'baa');
assert.deepEqual('a1b2c'.split(/\d/), ['a', 'b', 'c']);
assert.deepEqual('a1b2c'.split(/(\d)/, 3), ['a', '1', 'b']);
assert.deepEqual('abc'.split(/(?:)/), ['a', 'b', 'c']);
assert.deepEqual(''.split(/(?:)/), []);
assert.deepEqual(''.split(/x/), ['']);
assert.deepEqual('ab'.split(/(?=b)|$/), ['a', 'b']);

// The last match
/(.)(.)/.exec('_xy_'.slice(1, 3));
assert.deepEqual([RegExp.$1, RegExp.$2, RegExp.$3, RegExp.lastMatch, RegExp['$+'], RegExp.leftContext], ['x', 'y', '', 'xy', 'y', '']);

// A function may match while its own replacement is under way.
assert.equal('abab'.replace(/a/g, () => 'xyx'.replace(/y/g, '-')), 'x-xbx-xb');
