// SPDX-License-Identifier: MIT
// encodeURI and its relatives, escape, globalThis.
'use strict';
const assert = require('../lib/assert.js');

assert.equal(encodeURIComponent('a b&c/\u00e9\u20ac\u{1F600}'), 'a%20b%26c%2F%C3%A9%E2%82%AC%F0%9F%98%80');
assert.equal(encodeURI('http://x/a b?c=d&e#f%'), 'http://x/a%20b?c=d&e#f%25');
assert.equal(encodeURIComponent("-_.!~*'()"), "-_.!~*'()");
assert.equal(encodeURIComponent(''), '');
assert.throws(() => encodeURIComponent('\ud800'), 'URI malformed');
assert.throws(() => encodeURIComponent('a\udc00'), URIError);
assert.equal(decodeURIComponent('%F0%9F%98%80%E2%82%AC%C3%A9%2F'), '\u{1F600}\u20ac\u00e9/');
assert.equal(decodeURI('%2F%23%41%C3%A9'), '%2F%23A\u00e9');
for (const bad of ['%', '%4', '%zz', '%C3', '%C3%', '%C3x', '%C3%41', '%80', '%C0%80', '%ED%A0%80', '%F5%80%80%80', '%F0%9F%98']) {
  assert.throws(() => decodeURIComponent(bad), 'URI malformed', bad);
}
const text = 'mixed \u20ac text \u{1F4A9} '.repeat(50);
assert.equal(decodeURIComponent(encodeURIComponent(text)), text);

assert.equal(escape('a b+c\u00e9\u20ac'), 'a%20b+c%E9%u20AC');
assert.equal(unescape('%u20AC%E9%zz%u12'), '\u20ac\u00e9%zz%u12');
assert.equal(unescape(escape(text)), text);

assert.equal(globalThis.globalThis, globalThis);
assert.equal((0, eval)('1 + 1'), 2);
assert.equal(eval(5), 5);
for (const name of ['NaN', 'Infinity', 'undefined']) {
  const desc = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.equal(desc.writable || desc.enumerable || desc.configurable, false);
}
assert.equal(Object.keys(globalThis).includes('Array'), false);
