// SPDX-License-Identifier: MIT
// @babel/core with preset-env: modern code for old targets, which is then run; own plug-ins, the tree, source maps, configuration files, errors.
// entries: cjs
// sizes: full small
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {read} = require('./lib/inputs.js');
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const MODERN = {
  classes: 'class A { #p = 1; static #s = 2; static { A.t = A.#s; } get p() { return this.#p; } set p(v) { this.#p = v; } #m() { return 5; } m() { return this.#m() + (#p in this); } static async *g() { yield* [1]; } } class B extends A { constructor() { super(); this.q = super.p; } m() { return super.m() * 2; } } const b = new B(); b.p = 7; result = [b.p, b.q, b.m(), A.t];',
  generators: 'function* g(n) { try { for (let i = 0; i < n; i++) { const x = yield i; if (x) return x; } } finally { yield "f"; } } const it = g(3); result = [it.next(), it.next(), it.return(9), it.next(), [...g(2)]];',
  async: 'const f = async (a, ...r) => { await null; try { for await (const x of [a, ...r]) if (x > 1) throw x; } catch { return "caught"; } }; f(1, 2).then((v) => { result = v; });',
  destructuring: 'const {a, b: {c = 5, ...d}, ...e} = {a: 1, b: {x: 2}, y: 3}; const [h, , i = 4, ...j] = [1, 2, undefined, 5, 6]; let k, l; [k, l] = [1, 2]; [k, l] = [l, k]; result = [a, c, d, e, h, i, j, k, l];',
  syntax: 'const o = {a: {b: null}, f() { return this === o; }}; let n = null; n ??= 3; n ||= 4; n &&= 5; result = [o?.a?.b?.c, o.f?.(), o.g?.(), n, 2 ** 10, 1_000, `t${n}`, o.a.b ?? "d", [..."ab", ...new Set([1])]];',
  parameters: 'function f(a, b = a, {c} = {c: b}, ...[d]) { return [a, b, c, d, arguments.length, new.target === undefined]; } result = [f(1), f(1, 2, undefined, 4), (function () { return (() => this)(); }).call(5)];',
  loops: 'const fs = []; for (let i = 0; i < 3; i++) { if (i === 1) continue; fs.push(() => i); } outer: for (const x of [1, 2]) for (const y in {a: 1}) { if (x === 2) break outer; fs.push(() => x + y); } result = fs.map((f) => f());',
  regexps: 'result = ["2020-01".match(/(?<y>\\d+)-(?<m>\\d+)/u).groups.y, /a.b/s.test("a\\nb"), /\\p{Lu}/u.test("É"), "aXbX".replace(/(?<=a)X/, "-"), /[\\p{L}--[a-z]]/v.test("a"), /\\u{1F600}/u.test("\\u{1F600}")];',
  tagged: 'const t = (s, ...v) => s.raw.join("|") + v; result = [t`a${1}\\n`, t`\\unicode`]; var bigint = 10n;', symbols: 'result = [typeof Symbol.iterator, [..."x"].includes("x"), Object.entries({a: 1}), "x".padStart(3), [1, [2]].flat()];',
  using: 'const log = []; { using a = {[Symbol.dispose]() { log.push("a"); }}; log.push("in"); } result = log;', exports_: 'export const x = 1; export default class {} export * from "y"; import d, {n as m, default as z} from "m"; import * as ns from "ns"; export {m, z}; console.log(d, ns, import("q"), import.meta.url);',
};

run('@babel/core', async (babel) => {
  const env = require.resolve('@babel/preset-env');
  const transform = (code, targets, more = {}) => babel.transformSync(code, {babelrc: false, configFile: false, presets: [[env, {targets, ...more.env}]], ...more.options});
  for (const [name, code] of Object.entries(MODERN)) {
    for (const targets of small ? [{ie: '11'}] : [{ie: '11'}, {node: '10'}, {chrome: '80'}, {node: 'current'}.node && {node: '22'}]) {
      let out;
      show(`${name} ${JSON.stringify(targets)}`, () => (out = transform(code, targets).code));
      if (!out || name === 'exports_' || /regenerator|helpers/.test(out)) continue;
      const context = vm.createContext({result: undefined, console});
      show(`${name} runs`, () => { vm.runInContext(out.replace(/^import .*/gm, ''), context); return context.result; });
    }
  }
  show('usage', transform('Promise.allSettled([]); "a".replaceAll("a", "b"); [].at(0); new Set().union;', {ie: '11'}, {env: {useBuiltIns: 'usage', corejs: '3.40'}}).code);
  for (const modules of ['commonjs', 'amd', 'umd', 'systemjs', false]) show(`modules ${modules}`, () => transform(MODERN.exports_, {node: '10'}, {env: {modules}, options: {filename: 'file.js'}}).code);
  show('loose', transform(MODERN.classes, {ie: '11'}, {options: {assumptions: {setPublicClassFields: true, privateFieldsAsProperties: true}}}).code);
  const mapped = transform('const f = (a) =>\n  a ?? 1;\n', {ie: '11'}, {options: {sourceMaps: true, filename: 'in.js', minified: true}});
  show('map', [mapped.code, JSON.stringify(mapped.map)]);
  const {types: t, template, traverse, parseSync} = babel;
  const plugin = ({types}, options) => ({name: 'mine', pre() { this.seen = new Map(); }, visitor: {Identifier(p) { if (p.node.name === options.from) p.node.name = options.to; }, BinaryExpression: {exit(p) { const v = p.evaluate(); if (v.confident) p.replaceWith(types.valueToNode(v.value)); }}, 'FunctionDeclaration|ArrowFunctionExpression'(p) { this.seen.set(p.type, true); }}, post(file) { file.metadata.mine = [...this.seen.keys()]; }});
  const own = babel.transformSync('function foo(x) { return foo(1 + 2 * 3) + x; } const g = () => "a" + "b";', {babelrc: false, configFile: false, plugins: [[plugin, {from: 'foo', to: 'bar'}]]});
  show('plug-in', [own.code, own.metadata]);
  const tree = parseSync(small ? read('semver/classes/range.js') : read('lodash/lodash.js'), {babelrc: false, configFile: false});
  const counts = {};
  traverse(tree, {enter(p) { counts[p.type] = (counts[p.type] ?? 0) + 1; }});
  show('counts', counts);
  let bindings = 0;
  traverse(tree, {Scope(p) { bindings += Object.keys(p.scope.bindings).length; }});
  show('bindings', bindings);
  const {code} = babel.transformFromAstSync(tree, undefined, {babelrc: false, configFile: false, compact: true, comments: false});
  show('compact', code);
  show('minified preset', hash(transform(small ? read('semver/classes/range.js') : read('immutable/dist/immutable.js').slice(0, 0) + read('esprima/dist/esprima.js').slice(0, 60000).replace(/[^]*?return \/\*{6}\//, 'return; //') .slice(0, 0) + read('acorn/dist/acorn.js'), {ie: '11'}).code));
  show('template', babel.transformFromAstSync(t.file(t.program([template('const %%name%% = (%%args%%) => { %%body%% };')({name: t.identifier('f'), args: [t.identifier('x')], body: t.returnStatement(t.identifier('x'))})])), undefined, {babelrc: false, configFile: false}).code);
  show('types', [t.isIdentifier(t.identifier('a'), {name: 'a'}), t.toIdentifier('a-b c'), t.isValidIdentifier('class'), t.VISITOR_KEYS.IfStatement, t.cloneNode(t.valueToNode({a: [1, null]})).properties.length]);
  show('bad builder', () => t.identifier('1x'));
  show('validates', () => t.binaryExpression('nope', t.identifier('a'), 5));
  for (const bad of ['let a; let a;', 'a +', 'class { }', 'await x; function f() { await y }', 'var x = {a: 1, a=2};', '"use strict"; with (a) {}', 'import x from', '/(/', 'return;\nbreak;', 'const x;', '\n\n  foo bar', 'x = <div/>;', '@dec class A {}', 'a?.b = 1']) {
    show(`error ${JSON.stringify(bad)}`, () => { try { return transform(bad, {ie: '11'}, {options: {filename: 'bad.js', highlightCode: false}}).code; } catch (e) { return `${e.code} ${e.reasonCode} ${JSON.stringify(e.loc)} ${e.message.replaceAll(process.cwd(), '')}`; } });
  }
  show('bad target', () => transform('x', {netscape: '4'}));
  show('bad option', () => transform('x', {}, {env: {useBuiltin: true}}));
  show('unknown preset', () => { try { babel.transformSync('x', {presets: ['nothing-here'], babelrc: false, configFile: false}); } catch (e) { return [e.code, e.message.split('\n')[0]]; } });
  fs.writeFileSync('babel.config.json', JSON.stringify({presets: [[env, {targets: {ie: '11'}, modules: false}]], env: {test: {compact: true}}, overrides: [{test: './special.js', comments: false}]}));
  fs.writeFileSync('special.js', '/* gone */ const a = () => 1;');
  fs.writeFileSync('other.mjs', '/* kept */ const a = () => 1;');
  for (const name of ['special.js', 'other.mjs']) show(name, (await babel.transformFileAsync(name, {envName: name === 'special.js' ? 'test' : 'none'})).code);
  show('partial', babel.loadPartialConfigSync({filename: 'special.js'}).files.size);
  await show('async', babel.transformAsync('a ?? b', {babelrc: false, configFile: false, presets: [[env, {targets: 'ie 11'}]]}).then((r) => r.code));
  show('targets', require('@babel/helper-compilation-targets').default({browsers: 'chrome >= 80, node 12'}));
  show('tools', [babel.version, babel.DEFAULT_EXTENSIONS, Object.keys(babel).sort().join()]);
});
