// SPDX-License-Identifier: MIT
// acorn reads 1 MB of JavaScript, and much that is new or wrong.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {script, read} = require('./lib/inputs.js');
const {digest} = require('./lib/ast.js');

const SNIPPETS = [
  'let a = 1; class B { #x = 2; static #y() {} static { this.z = 1 } get [a]() { return this.#x ?? #x in this } }',
  'async () => { for await (const x of y) await x; }', 'function* g() { const a = yield* b; yield }',
  'a?.b?.[c]?.(d); a ||= b; a &&= c; a ??= d; a ** b', 'label: for (;;) { continue label }', '`a${b}c${`d${e}`}`',
  'tag`\\u{zz}${1}\\x`', 'var {a = 1, ...b} = c, [d,, ...e] = f', '1_000n + 0b11 + 0o17 + 0xFFn + .5e-3', '/(?<n>a)\\k<n>/dgu',
  '/[\\p{L}--[a-z]]/v', 'new.target', 'import a, * as b from "c"; export * as d from "e"; export default class {}',
  'import x from "y" with {type: "json"}', 'export {a as "string name"}; var a', 'import.meta.url; import("x")', 'await 1',
  'with (a) b', '"use strict"; with (a) b', 'var yield, await, let, static, async', 'if (a) function f() {}', '<!-- html\n1',
  'a => {}\n()', 'for (let of of xs);', 'for (var i = 0 in {});', '({__proto__: 1, __proto__: 2})', '({a = 1})', '({a = 1} = {})',
  'let let', 'const a', 'class A extends B { constructor() { super(); super.x } }', 'class A { constructor() { super() } }',
  'return 1', 'break', 'a: { break a }', 'x\n++\ny', 'var \\u0061b = "\\u{1F600}"', 'var a\\u{2F} = 1', '"\\08"', '\'unterminated',
  '/unterminated', '`unterminated', '/(/', '/a**/', '/(?<a>x)(?<a>y)/', '/(?<a>x)|(?<a>y)/u', '08 + 09.5', '0b12', '1n.5', '3in []',
  'function f(a, a) { "use strict" }', '(a, a) => 1', 'function f(a = 1) { "use strict" }', 'async function f() { (await) => 1 }',
  '({async *[x]() {}, get a() {}, set a(v) {}, async, get, set, static: 1})', 'do while (0) while (0) x', 'try {} catch {} finally {}',
  'switch (a) { case 1: let b; default: let b }', 'let a; var a', 'delete this.#x', 'class A { #x; #x }', 'class A { f() { delete this.#x } }',
  'using x = y', 'a\u2028b', '#!/usr/bin/env node\n1', '\ufeffa', 'for (async of []);', 'for (const x = 1 of y);', 'a ?? b || c', '-1 ** 2',
];

run('acorn', (acorn) => {
  const text = script(small);
  const tokens = [];
  const comments = [];
  const tree = acorn.parse(text, {ecmaVersion: 2022, locations: true, ranges: true, onToken: tokens, onComment: comments});
  show('length', text.length);
  show('tree', digest(tree));
  show('tokens', `${tokens.length} ${hash(tokens.map((t) => t.type.label + ':' + String(t.value)).join(' '))}`);
  show('comments', `${comments.length} ${hash(JSON.stringify(comments))}`);
  show('module', digest(acorn.parse(read('immutable/dist/immutable.es.js'), {ecmaVersion: 'latest', sourceType: 'module'})));
  for (const ecmaVersion of [3, 5, 2015, 2018, 2022, 'latest']) {
    for (const sourceType of ['script', 'module']) {
      const out = SNIPPETS.map((code) => {
        try {
          return JSON.stringify(acorn.parse(code, {ecmaVersion, sourceType, allowHashBang: true}), (key, value) =>
            typeof value === 'bigint' ? `${value}n` : value instanceof RegExp ? String(value) : value);
        } catch (error) {
          return `${error.name} ${error.message} ${error.pos} ${error.raisedAt}`;
        }
      });
      show(`snippets ${ecmaVersion} ${sourceType}`, hash(out.join('\n')));
      if (ecmaVersion === 'latest') out.forEach((line, i) => show(`  ${SNIPPETS[i]}`, line));
    }
  }
  show('expression at', () => JSON.stringify(acorn.parseExpressionAt('  a + b * (c, d) ; rest', 2, {ecmaVersion: 6})));
  show('tokenizer', [...acorn.tokenizer('let x = `a${1}` / 2 /re/g', {ecmaVersion: 6})].map((t) => [t.type.label, t.value, t.start, t.end]));
  show('line info', acorn.getLineInfo('a\nb\r\nc\u2028d', 6));
  const loose = acorn.Parser.extend((Base) => class extends Base {
    readToken(code) {
      if (code !== 64) return super.readToken(code);
      this.pos++;
      return this.finishToken(acorn.tokTypes.name, 'at');
    }
  });
  show('extended', () => JSON.stringify(loose.parse('@ + 1', {ecmaVersion: 6})));
  show('identifier', ['a', '1', 'π', '𝒳', '\u200c', '$'].map((c) => [acorn.isIdentifierStart(c.codePointAt(0), true),
    acorn.isIdentifierChar(c.codePointAt(0), true)]));
});
