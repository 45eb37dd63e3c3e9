// SPDX-License-Identifier: MIT
// esprima reads 1 MB of JavaScript, and its own errors and edges.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {script, read} = require('./lib/inputs.js');
const {digest, json} = require('./lib/ast.js');

const SNIPPETS = ['var a = 1, {b, c: [d = 2]} = e', 'class A extends B { static get x() {} *[y]() { yield super.z } }', 'a => ({...b})',
  'async function f() { await x }', '`x${y}z`', '/a/gi.test(b)', 'for (const x of y) continue', 'label: while (1) break label',
  'if (', 'var 1a', '"\\u00zz"', 'let x; let x', '({a: 1, a: 2})', 'function f() { "use strict"; with (a) {} }', '/(?:/', 'a = b\n/c/g',
  'x = {get a() {}, set a(v) {}}', '0x1F + 0b1 + 0o7 + 017 + 1e3', 'new new X()()', 'do x(); while (y) z', 'throw\nx', 'yield = 1', '\\u0061 = 1',
  'switch (x) { case 1: default: }', '(a, b) => c', '((a)) => 1', 'a ** b ** c', 'import a from "b"', 'export const x = 1', 'enum = 1', '`', "'"];

run('esprima', (esprima) => {
  const text = script(small);
  const tree = esprima.parseScript(text, {loc: true, range: true, comment: true, tokens: !small});
  show('length', text.length);
  show('version', esprima.version);
  show('tree', digest(tree));
  const tokens = esprima.tokenize(text, {range: true});
  show('tokens', `${tokens.length} ${hash(JSON.stringify(tokens))}`);
  show('bundle', digest(esprima.parseModule(read('ramda/es/index.js'), {attachComment: true})));
  let visited = '';
  esprima.parseScript(read('minimist/index.js'), {range: true}, (node, meta) => {
    visited += `${node.type}@${meta.start.line}:${meta.start.column}-${meta.end.offset} `;
  });
  show('delegate', visited);
  for (const code of SNIPPETS) {
    show(code, () => json(esprima.parseScript(code)));
    show(`${code} (module, tolerant)`, () => json(esprima.parseModule(code, {tolerant: true, loc: true})));
    show(`${code} (tokens)`, () => esprima.tokenize(code).map((t) => `${t.type}=${t.value}`).join(' '));
  }
  show('jsx', () => json(esprima.parseScript('<a b="c" {...d}>{e}<f.g/>text &amp; &#65;</a>', {jsx: true})));
  show('syntax', Object.keys(esprima.Syntax));
});
