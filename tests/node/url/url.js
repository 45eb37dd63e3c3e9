// SPDX-License-Identifier: MIT
// URL, URLSearchParams, the legacy functions, querystring.
'use strict';
const url = require('url');
const qs = require('querystring');
for (const [input, base] of [['http://user:pa%20ss@EXAMPLE.com:80/a/./b/../c?x=1#frag'], ['../x/y?z', 'https://h.com/a/b/c'], ['//other/p', 'https://h.com/a'], ['?q', 'https://h.com/a?b#c'],
  ['#f', 'https://h.com/a?b#c'], ['', 'https://h.com/a?b#c'], ['file:///a/b%20c'], ['file://host/x'], ['C:\\x', 'file:///d'], ['mailto:a@b.c'], ['data:text/plain,hi there'], ['http://[::1]:8080/'],
  ['http://192.168.1/'], ['http://0x7f.1/'], ['https://münchen.de/ä?ö#ü'], ['http://a b/'], ['http://a:99999/'], ['nope'], ['http:\\\\x\\y'], ['HTTP://x'], ['http://x/%zz'], ['javascript:alert(1)'],
  ['http://x.y/a//b'], ['blob:https://a.com/123'], ['http://ex.com./'], ['ws://h:443/'], ['wss://h:443/'], ['node:fs'], ['http://x/?a=b c&d="e"'], ['non-special://a/b/../c'], ['http://%41.com']]) {
  try {
    const u = new URL(input, base);
    console.log(u.href, u.origin, u.protocol, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash);
  } catch (e) {
    console.log(input, e.name, e.code, e.message);
  }
}
const u = new URL('http://a.com/p?x=1');
u.searchParams.append('y', 'ä b');
u.pathname = '/new path';
u.hash = 'h';
u.port = '8080';
u.host = 'b.org:1';
u.protocol = 'https';
u.username = 'me@';
console.log(u.href, URL.canParse('x:'), URL.canParse('x'), JSON.stringify({ u }), String(u));
u.search = '';
console.log(u.href, u);
const p = new URLSearchParams([['a', '1'], ['b', '2'], ['a', '3']]);
p.sort();
p.set('a', 'x&y');
p.delete('b');
console.log(p.toString(), p.size, p.has('a'), p.getAll('a'), [...p.keys()], p, new URLSearchParams({ q: '1+1=2' }).toString(), new URLSearchParams('?a=%20b+c').get('a'));
console.log(url.fileURLToPath('file:///a%20b'), url.pathToFileURL('/a b#?%').href);
for (const bad of ['http://x', 'file://host/x', 'file:///a%2fb']) {
  try {
    url.fileURLToPath(bad);
  } catch (e) {
    console.log(e.code, e.message);
  }
}
console.log(url.parse('http://user:pass@host.com:8080/p/a/t/h?query=string#hash'), url.parse('/a?b=c', true).query, url.parse('//h/p', false, true).host);
console.log(url.resolve('/one/two/three', 'four'), url.resolve('http://example.com/', '/one'), url.resolve('http://example.com/one', '/two'), url.resolve('http://a/b/c/d', '../../e'), url.format({ protocol: 'http', host: 'x.y', pathname: '/p', query: { a: 1 } }));
console.log(qs.parse('a=1&b=%20&a=2&c'), qs.stringify({ a: [1, 2], b: 'ä ', c: null, d: true }), qs.escape('a b&'), qs.unescape('%41%zz'));
console.log(url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.urlToHttpOptions(new URL('http://a:b@c/d?e')).auth);
