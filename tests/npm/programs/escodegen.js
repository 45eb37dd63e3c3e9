// SPDX-License-Identifier: MIT
// escodegen prints 1 MB of JavaScript back from its tree, in several styles.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {script, read} = require('./lib/inputs.js');

const SNIPPETS = ['var a=1;if(a){f()}else g()', 'x = (1, 2), -(-3), +(+a), - -b, a-- - --b', 'a = "\\u2028\\0\\x07\\\'\\""', '/[/]\\//g',
  'class A extends (B, C) { static async *f({a = 1}, ...b) { yield* (await c) } get [d]() { return super.e } }', 'label: for (;;) { continue label }',
  '`a${b}c`', 'tag`x`', '({a, "b-c": 1, [d]: 2, e() {}, get f() { return 1 }})', 'async x => await x', '(function () {})()', '!function () {}()',
  'new (a())(), new (a.b()), new a.b.c', 'a ? b : c ? d : e', '(a ? b : c) ? d : e', '(a = b) + 1', 'a ** -b', 'for (var i in (a, b)) ;',
  'for (const [x, y] of z) { break }', 'try { a } catch (e) { b } finally { c }', 'switch (a) { case 1: b; break; default: c }', 'do ; while (0)',
  '1..toString(), 1.5.x, 1e21, 0.1, 1e-7, 0x10', 'var {a: {b = 1}, ...c} = d', 'if (a) if (b) c; else d', 'throw new Error("x")', 'debugger',
  'a?.b', 'typeof void delete a.b', 'import a, {b as c} from "d"; export default class {} export * from "x"'];

const STYLES = {
  plain: undefined,
  compact: {format: {compact: true, semicolons: false, parentheses: false, quotes: 'double', hexadecimal: true, renumber: true}},
  json: {format: {json: true, indent: {style: '\t', base: 1}, newline: '\r\n'}},
  escaped: {format: {escapeless: false, quotes: 'auto', preserveBlankLines: false}},
};

run(['escodegen', 'acorn', 'esprima'], (escodegen, acorn, esprima) => {
  const text = script(small);
  const tree = esprima.parseScript(text, {range: true, tokens: true, comment: true});
  const printed = escodegen.generate(tree);
  show('printed', hash(printed));
  show('again', hash(escodegen.generate(esprima.parseScript(printed))) === hash(printed));
  show('compact', hash(escodegen.generate(tree, STYLES.compact)));
  if (small) {
    const commented = escodegen.attachComments(esprima.parseScript(text, {range: true, tokens: true, comment: true}), tree.comments, tree.tokens);
    show('comments', hash(escodegen.generate(commented, {comment: true})));
  }
  const file = read('semver/classes/range.js');
  const mapped = escodegen.generate(acorn.parse(file, {ecmaVersion: 2022, locations: true}),
    {sourceMap: 'range.js', sourceMapWithCode: true, sourceContent: file});
  show('mapped code', hash(mapped.code));
  show('map', String(mapped.map));
  for (const code of SNIPPETS) {
    let parsed;
    try {
      parsed = acorn.parse(code, {ecmaVersion: 2022, sourceType: code.startsWith('import') ? 'module' : 'script'});
    } catch (error) {
      parsed = error;
    }
    for (const style of Object.keys(STYLES)) show(`${style} ${code}`, () => escodegen.generate(parsed, STYLES[style]));
  }
  show('precedence', escodegen.Precedence);
  show('verbatim', () => escodegen.generate({type: 'Literal', value: 1, raw: '0x1', verbatim: 'hello'}, {verbatim: 'verbatim'}));
});
