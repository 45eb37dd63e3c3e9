// SPDX-License-Identifier: MIT
// timeout: 60
// URLs and forms that C takes apart (node/bindings/url.c) against the whole parser: a blank in front, which URLs ignore, leads there.
'use strict';
const assert = require('assert');

let seed = 20261122;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % n);
const pick = (list) => list[random(list.length)];
const many = (most, f) => Array.from({ length: random(most + 1) }, f).join('');
const facts = (make) => {
  try {
    const u = make();
    return JSON.stringify([u.href, u.origin, u.protocol, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash, [...u.searchParams]]);
  } catch (error) {
    return error.code ?? error.message;
  }
};

const schemes = ['http:', 'https:', 'HTTPS:', 'ws:', 'wss:', 'ftp:', 'file:', 'mailto:', 'x-y+z.1:', 'data:', 'blob:', 'http', '1http:', 'h ttp:'];
const hosts = ['example.org', 'EXAMPLE.Org', 'a', 'a.b.c.d', '127.0.0.1', '127.1', '256.1.1.1', '01.2.3.4', '1.2.3.4.5', '0x7f.1', 'a.1', 'a.0x', '1a', 'a-b_c', '-a',
  'xn--nxasmq6b', 'a.xn--b', 'a..b', '.a', 'a.', '1.2.3.4.', '', '[::1]', 'a%41', 'a b', 'a<b', 'a|b', 'a^b', 'h'.repeat(260), 'localhost', '999', 'a*b', 'a~b', 'a!b', 'a$b'];
const ports = ['', ':', ':80', ':443', ':0', ':00080', ':65535', ':65536', ':99999999999', ':8x', ':-1', ':21', ': 1'];
const users = ['', 'user@', 'user:pass@', ':@', 'user:@', ':pass@', 'a:b:c@', 'a@b@', 'us er@', 'u%40@', 'u;x@', 'u|@', '@', "u'@", 'ü@'];
const segments = ['a', '', '.', '..', '%2e', '%2E%2e', '.%2e', '%2', '%', '%41', 'b c', 'ä', '€', '"', '<x>', '`', '{}', '^', '|', "'", '\\', 'C:', 'c|', ';,:@&=+$!*()', '~', '[x]', '...', 'x.y'];
const path = () => many(5, () => pick(['/', '/', '/', '\\', '']) + pick(segments));
const tail = () => pick(['', '', '?', '?a=1&b=2', "?'\"<>`{}|^", '?a b', '?a?b', '?\u00e4', '?%zz', '#', '#f', '#<">`{', '#a#b?c', '?q#f', '?a\\b', '#\\']);
const absolute = () => pick(schemes) + pick(['//', '//', '//', '/', '', '///', '\\\\', '/\\']) + pick(users) + pick(hosts) + pick(ports) + path() + tail();
const relative = () => pick([path() + tail(), tail(), '//' + pick(hosts) + path(), pick(segments) + path() + tail(), absolute()]);

let simple = 0;
for (let i = 0; i < 30000; i++) {
  const text = absolute();
  const a = facts(() => new URL(text));
  assert.strictEqual(a, facts(() => new URL(' ' + text)), text);
  if (a[0] === '[') simple++;
}
for (let i = 0; i < 30000; i++) {
  const base = i % 3 ? `https://user:x@example.org:8080${pick(['/', '/a/b', '/a/b/', '/a/../', ''])}${tail()}` : absolute(), text = relative();
  const a = facts(() => new URL(text, base));
  assert.strictEqual(a, facts(() => new URL(' ' + text, ' ' + base)), `${text} on ${base}`);
  if (a[0] === '[') simple++;
}
assert(simple > 20000, `${simple}`);

// Paths that are set: what is not ASCII at the end leads to the other parser.
for (let i = 0; i < 5000; i++) {
  const a = new URL('http://h/x'), b = new URL('http://h/x'), text = path().replace(/[ä€]/g, '');
  a.pathname = `${text}/end`;
  b.pathname = `${text}/end/\u00e9`;
  assert.strictEqual(`${a.pathname}/%C3%A9`, b.pathname, text);
}

// Forms.
const formPieces = ['a', 'b', '=', '=', '&', '&', '+', '%20', '%', '%4', '%zz', '%C3%A4', '%c3', '%e2%82%ac', '%00', '*-._', '~', ';', '"', '%EF%BB%BFx', ' '];
for (let i = 0; i < 20000; i++) {
  const text = many(8, () => pick(formPieces));
  const fast = [...new URLSearchParams(text)], slow = [...new URLSearchParams(`${text}&\u00e9=1`)];
  assert.deepStrictEqual(slow.pop(), ['\u00e9', '1']);
  assert.deepStrictEqual(fast, slow, text);
}
const utf8 = (text) => [...Buffer.from(text)].map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const form = (text) => text.replace(/[^a-zA-Z0-9*\-._ ]+/gu, utf8).replaceAll(' ', '+');
for (let i = 0; i < 5000; i++) {
  const name = many(5, () => String.fromCodePoint(pick([random(128), random(256), random(0xd800), 0x10000 + random(0xfffff)])));
  const params = new URLSearchParams();
  params.append(name, 'v w');
  params.append('x', name);
  assert.strictEqual(params.toString(), `${form(name)}=v+w&x=${form(name)}`);
}
console.log('the same');
