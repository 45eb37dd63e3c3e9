// SPDX-License-Identifier: MIT
// highlight.js colours files of the installed packages, and one sample in every one of its languages, whose expressions are thousands.
// entries: cjs esm
'use strict';
const fs = require('fs');
const path = require('path');
const {run, show} = require('./lib/harness.js');
const {MODULES, read} = require('./lib/inputs.js');

const FILES = {
  javascript: ['semver/classes/range.js', 'minimist/index.js', 'mustache/mustache.js', 'js-yaml/dist/js-yaml.mjs'], json: ['typescript/package.json', 'ajv/package.json'],
  typescript: ['ajv/lib/core.ts', 'immutable/dist/immutable.d.ts', 'dayjs/index.d.ts'], markdown: ['acorn/README.md', 'moment/CHANGELOG.md'],
  css: ['highlight.js/styles/github.css', 'highlight.js/styles/monokai.css'], scss: ['highlight.js/scss/default.scss'], xml: ['lodash/README.md'],
};
const SAMPLE = `#!/usr/bin/env thing
// comment /* block */ # hash -- dash ; semi % percent
/* multi
   line {- haskell -} (* ml *) <!-- html --> */
import os, sys; #include <stdio.h> using namespace std; package main
@decorator public static final class Foo<T extends Bar> : Base, IFace implements Baz { private int x = 0x1F + 1_000.5e-3 - 'c'; }
def function name(arg1, "arg2", *args, **kw) -> int: return f"interp {arg1!r:>10} \${name} #{ruby} %s \\n" # todo: FIXME
fn main() { let mut v: Vec<u8> = vec![1, 2, 3]; match v { Some(x) if x > 0 => println!("{}", x), _ => () } }
SELECT a.*, COUNT(DISTINCT b) FROM table AS a LEFT JOIN c ON a.id = c.id WHERE a.x LIKE '%y%' AND z IS NOT NULL; -- sql
<div class="a b" id='c' data-x=y><script>var a = /re[/]gex/gi.test("s") ? \`t\${1 + {a: 2}.a}\` : null;</script><style>a:hover > b::after { color: #fff; margin: 1.5em !important }</style></div>
if [ -f "$FILE" ]; then echo "\${VAR:-default}" | grep -E '^[a-z]+$' && exit 1; fi <<EOF
key: value # yaml
- item: &anchor [1, true, null, ~]
[section] ; ini
name = "toml" 2020-01-02T03:04:05Z
\\begin{document} $x^2 + \\frac{1}{2}$ \\end{document}
(defun f (x &optional y) "doc" (let ((z 'sym)) (if (null x) nil \`(,x ,@y)))) ; lisp
SUB proc MOV AX, 10h JMP label label: .data %rax, $5
$var = @array[0] =~ s/foo/bar/g; my %hash = (a => 1); print <<"END" unless defined $x;
f :: Int -> Maybe a; f x | x > 0 = Just $ x \`div\` 2 where y = [z | z <- [1..10], even z]
~~~ *** --- +++ @@ -1,2 +3,4 @@ +added -removed diff --git a/x b/y
begin procedure Test(var a: Integer); end; Dim x As String = "vb" ' comment
{"json": [1, -2.5e10, true, null, "s\\u00e9"]} => :atom, ~r/elixir/i, do |x| end
GET /path HTTP/1.1
Host: example.org

2024-01-01 12:00:00 [ERROR] 127.0.0.1 - user@host 100% done
`;

run('highlight.js', (hljs) => {
  const languages = hljs.listLanguages().sort();
  show('languages', languages.join(' '));
  for (const language of Object.keys(FILES)) {
    for (const file of FILES[language].filter((name) => fs.existsSync(path.join(MODULES, name)))) {
      const result = hljs.highlight(read(file), {language});
      show(`${language} ${file}`, result.value);
      show(`${language} ${file} relevance`, [result.relevance, result.illegal]);
    }
  }
  for (const language of languages) {
    const result = hljs.highlight(SAMPLE, {language, ignoreIllegals: true});
    show(language, result.value);
    show(`${language} relevance`, [result.relevance, hljs.getLanguage(language).name, hljs.getLanguage(language).aliases]);
    show(`${language} strict`, () => { const r = hljs.highlight(SAMPLE, {language}); return [r.illegal, r.relevance]; });
  }
  for (const text of ['SELECT * FROM t WHERE a = 1', 'def f(x):\n  return x', '<p>hi</p>', 'fn main() { let x = 1; }', '{"a": [1]}', '#include <a.h>\nint main() {}']) {
    const auto = hljs.highlightAuto(text);
    show(text, [auto.language, auto.relevance, auto.secondBest?.language, auto.value]);
  }
  hljs.registerLanguage('mine', () => ({name: 'Mine', keywords: 'foo bar', contains: [{scope: 'string', begin: '"', end: '"', contains: [{begin: '\\\\.'}]}, hljs.C_NUMBER_MODE]}));
  show('own', hljs.highlight('foo "a\\"b" 0x1f baz bar', {language: 'mine'}).value);
  console.error = () => {};
  show('unknown', () => hljs.highlight('x', {language: 'nope'}));
  hljs.addPlugin({'after:highlight': (result) => { result.value = result.value.toUpperCase(); }});
  show('plugin', hljs.highlight('let a = 1', {language: 'js'}).value);
});
