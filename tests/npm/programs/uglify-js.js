// SPDX-License-Identifier: MIT
// uglify-js, which evaluates its own source at load, minifies 1 MB of JavaScript.
// entries: cjs esm
// sizes: full small
// timeout: 120
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {script, read} = require('./lib/inputs.js');

const CODE = `
"use strict"; /*! kept */ var global_name = 1, other = global_name + 2;
function area(width, height) { var unused = 1; var result = width * height; if (result > 10) { return "big"; } else { return "small"; } }
var object = { "key": 1, get value() { return this.key; }, method() { return [...arguments].map(x => x * 2); } };
for (var i = 0, n = 10; i < n; i++) { if (i % 2) continue; console.log(i, area(i, n)); }
class Point { static origin = new Point(0, 0); #x; constructor(x, y) { this.#x = x; this.y = y ?? 0; } get x() { return this.#x; } }
const {a, b: [c, ...d], ...e} = object; let template = \`\${a}-\${c}\`; async function load() { for await (const x of d) await x?.y; }
switch (other) { case 3: console.log("three"); case 4: break; default: throw new Error("never"); }
if (typeof window === "undefined" && !!template) { while (true) { if (n-- < 0) break; } } else if (false) { dead(); }
do { other = other ? other : 1; } while (!(other > 5) && other++ < 10); console.log(1 / 3, 0.5, 1e6, 255, -0, "a" + 1 + 2, [1, 2, 3].join(""), "\\u00e9\\x00");
`;
const OPTIONS = {
  default: {},
  none: {compress: false, mangle: false},
  toplevel: {toplevel: true, compress: {passes: 3, unsafe: true, pure_getters: true, hoist_vars: true, keep_fargs: false}},
  properties: {mangle: {properties: {regex: /^(value|method|y)$/}}, compress: false},
  pretty: {output: {beautify: true, comments: 'all', quote_keys: true, quote_style: 1, ascii_only: true}},
  annotated: {annotations: true, ie: true, v8: true, webkit: true, output: {max_line_len: 50, semicolons: false}},
  defines: {compress: {global_defs: {DEBUG: false, '@alert': 'console.log'}, drop_console: true}},
  mapped: {sourceMap: {filename: 'a.min.js', includeSources: true}},
};

run('uglify-js', (uglify) => {
  const text = script(small);
  show('length', text.length);
  const result = uglify.minify({'input.js': text}, small ? {sourceMap: true} : {});
  show('error', result.error);
  show('code', `${result.code.length} ${hash(result.code)}`);
  if (result.map) show('map', result.map);
  for (const name of Object.keys(OPTIONS)) {
    const done = uglify.minify({'code.js': CODE}, {...OPTIONS[name], warnings: 'verbose'});
    show(name, done.error || done.code);
    show(`${name} warnings`, done.warnings);
    if (done.map) show(`${name} map`, done.map);
  }
  show('package', uglify.minify(read('semver/classes/range.js')).code);
  for (const bad of ['if (', 'a b', 'var 1', '"x', 'let a; let a; const b', 'return', 'x = {a b}', '/(/', 'break']) {
    const {error, code} = uglify.minify(bad);
    show(bad, error ? `${error.name}: ${error.message} ${error.line}:${error.col} ${error.pos}` : code);
  }
  const cache = {vars: {}, props: {}};
  uglify.minify('function long_name(argument) { return other_name + argument }', {toplevel: true, nameCache: cache});
  show('name cache', JSON.stringify(cache));
  show('defaults', uglify.default_options && JSON.stringify(uglify.default_options()));
});
