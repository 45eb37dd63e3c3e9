// SPDX-License-Identifier: MIT
// node:path on thousands of random paths: a digest of what each function says, as Node says it. On a difference print `said` of that function
// in both and compare.
'use strict';
const path = require('path');
const { createHash } = require('crypto');

let seed = 7;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % n);
const pieces = ['a', 'b.c', '.', '..', '...', '', '/', '/', '//', '\\', 'C:', 'c:\\', '\\\\srv\\share', '.a', 'a..', '..b', ' ', 'ä', '\\\\?\\', '//./', 'B.C'];
const suffixes = ['', '.c', 'c', 'b.c', '.', '..', 'a', '/', '\\a'];
const make = () => Array.from({ length: random(7) }, () => pieces[random(pieces.length)]).join(random(3) ? '' : random(2) ? '/' : '\\');
const cases = Array.from({ length: 10000 }, () => [make(), make(), suffixes[random(suffixes.length)]]);

const functions = {
  normalize: (p, a) => p.normalize(a),
  join: (p, a, b) => p.join(a, b),
  resolve: (p, a, b) => p.resolve(p === path.win32 ? 'C:\\y' : '/x', a, b),
  relative(p, a, b) {
    const [from, to] = [a, b].map((x) => p.resolve(p === path.win32 ? 'C:\\y' : '/x', x));
    // Node's win32.relative compares letters, not names, and so finds ways from \\C:x to C:.
    return p === path.win32 && from.startsWith('\\\\') !== to.startsWith('\\\\') ? '' : p.relative(from, to);
  },
  basename: (p, a, b, suffix) => [p.basename(a), p.basename(a, suffix)],
  dirname: (p, a) => p.dirname(a),
  extname: (p, a) => p.extname(a),
  parse: (p, a) => p.parse(a),
  format: (p, a) => p.format(p.parse(a)),
  isAbsolute: (p, a) => p.isAbsolute(a),
  toNamespacedPath: (p, a) => p.toNamespacedPath(p.resolve('C:\\y', a)),
};
for (const flavour of ['posix', 'win32']) {
  for (const name of Object.keys(functions)) {
    if (name === 'toNamespacedPath' && flavour === 'posix') continue;
    const said = cases.map(([a, b, suffix]) => JSON.stringify(functions[name](path[flavour], a, b, suffix)));
    console.log(flavour, name, createHash('md5').update(said.join('\n')).digest('hex'));
  }
}
