// SPDX-License-Identifier: MIT
// path.posix and path.win32 on many inputs.
'use strict';
const path = require('path');
const inputs = ['', '.', '..', '/', '//', 'a', 'a/', '/a', 'a/b', 'a//b', 'a/./b', 'a/../b', '../a', '/../a', 'a/b/..', 'a.b', '.a', '.a.b', 'a.', 'a..', '/a/b.c/', 'C:\\', 'C:', 'C:a', 'C:\\a\\..\\b', '\\\\srv\\share\\x', '\\\\srv\\share', 'a\\b/c', 'file.tar.gz', 'a b/c d'];
for (const [name, p] of [['posix', path.posix], ['win32', path.win32]]) {
  for (const s of inputs) {
    console.log(name, JSON.stringify(s), p.normalize(s), p.dirname(s), p.basename(s), p.extname(s), p.isAbsolute(s), JSON.stringify(p.parse(s)), p.format(p.parse(s)), p.toNamespacedPath(s).length > 0);
  }
  console.log(p.join('a', '..', '..', 'b'), p.join('', ''), p.join('/a', '/b'), p.resolve('/a', 'b', '../c'), p.resolve('/a', '/b'), p.sep, p.delimiter);
  console.log(p.relative('/a/b/c', '/a/d'), p.relative('/a', '/a'), p.relative('/a/b', '/'), p.relative('/foo', '/foobar'), p.relative('C:\\a\\b', 'C:\\c'), p.relative('/x/y', '/x/y/z/w'));
  console.log(p.basename('a/b.html', '.html'), p.basename('b.html', 'b.html'), p.basename('aaa', 'a'), p.basename('/a/b/', 'b'), p.format({ name: 'n', ext: 'e' }), p.format({ dir: '/d', base: 'b' }), p.format({ root: '/', base: 'b' }));
}
console.log(path === path.posix, path.matchesGlob('a/b.js', 'a/*.js'), path.matchesGlob('a/b/c.js', 'a/**/*.{js,ts}'), path.matchesGlob('x', 'y'));
try {
  path.join(1);
} catch (e) {
  console.log(e.code, e.message);
}
