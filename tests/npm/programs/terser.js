// SPDX-License-Identifier: MIT
// terser minifies 1 MB of JavaScript, and modern code with many options.
// entries: cjs esm
// sizes: full small
// timeout: 120
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {script, read} = require('./lib/inputs.js');

const MODERN = `
import {a as b, default as c} from 'd';
export const used = (x, {y = 1, ...rest} = {}) => { const unused = 3; if (false) dead(); return x ?? rest?.z ** y; };
class Base { #secret = 1n; static #count = 0; static { Base.#count++; } get secret() { return this.#secret; } async *gen() { yield* [1, 2]; } }
export default class Derived extends Base { constructor(...args) { super(...args); this.value = new.target.name; } }
const constant = 1 + 2 * 3, text = \`a\${constant}b\` + "c" + 'd';
label: for (const [key, value] of Object.entries({one: 1, 'two-three': 2})) { if (key === 'one') continue label; else { console.log(key, value); } }
function hoisted() { return later(); function later() { return typeof undefined_name === 'undefined' ? void 0 : true && !0; } }
switch (hoisted()) { case 1: console.log(1); break; case 2: console.log(2); break; default: console.log(text); }
try { b(c); } catch { debugger; } finally { console.assert(/^[a-z]+\\/$/iu.test(text)); }
var x1 = hoisted(), x2 = x1 ? x1 : 2, x3 = !(x1 && x2) || !x2; if (x1) { x2 = 3; } else { x2 = 4; } while (x3) { x3--; if (x3 > 5) break; }
export {x1, x2 as renamed, x3}; export * from 'e'; await import('f');
`;
const OPTIONS = {
  default: {module: true},
  none: {module: true, compress: false, mangle: false},
  mangled: {module: true, compress: false, mangle: {properties: {regex: /^(secret|value)$/}}},
  passes: {module: true, compress: {passes: 3, unsafe: true, pure_getters: true, keep_fargs: false, drop_console: true, ecma: 2020}},
  pretty: {module: true, format: {beautify: true, comments: 'all', quote_style: 3, indent_level: 2}},
  old: {module: true, ecma: 5, safari10: true, format: {ascii_only: true, wrap_iife: true, max_line_len: 60}},
  named: {module: true, keep_classnames: true, keep_fnames: true, toplevel: true, compress: {defaults: false, dead_code: true, evaluate: true}},
  mapped: {module: true, sourceMap: {filename: 'out.js', url: 'out.js.map'}},
};

run('terser', async (terser) => {
  const text = script(small);
  show('length', text.length);
  const result = await terser.minify({'input.js': text}, small ? {sourceMap: true} : {});
  show('code', `${result.code.length} ${hash(result.code)}`);
  if (result.map) show('map', result.map);
  for (const name of Object.keys(OPTIONS)) {
    const done = await terser.minify({'modern.js': MODERN}, OPTIONS[name]);
    show(name, done.code);
    if (done.map) show(`${name} map`, done.map);
  }
  await show('module', terser.minify(read('js-yaml/dist/js-yaml.mjs'), {module: true, toplevel: true}).then((r) => r.code));
  for (const bad of ['let a; let a', 'if (', 'a b', 'var 1', '"x', 'class { }', 'return 1', 'yield = 1; "use strict"']) {
    await show(bad, terser.minify(bad).then((r) => r.code, (e) => `${e.name}: ${e.message} ${e.line}:${e.col} ${e.pos}`));
  }
  const cache = {};
  await terser.minify({'a.js': 'function long_name() { return other_name }'}, {toplevel: true, nameCache: cache, compress: false});
  show('name cache', JSON.stringify(cache));
  const tree = await terser.minify(MODERN, {module: true, format: {spidermonkey: true, code: false}, compress: false});
  show('estree', JSON.stringify(tree.ast || tree, (k, v) => (typeof v === 'bigint' ? `${v}n` : v)));
});
