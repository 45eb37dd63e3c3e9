// SPDX-License-Identifier: MIT
// Small pieces of Markdown that are hard to get right.
'use strict';

exports.EDGES = [
  '# h1 #\n## h2 ##\n#not\n####### seven\n\nSetext\n===\n\nTwo\nlines\n---', '* a\n\n  b\n* c\n  * d\n    1. e\n    2. f\n\n\n- g\n+ h\n1) i\n3) j',
  '- [ ] todo\n- [x] done\n- [X] also\n\n10. ten\n11. eleven', '```js\nlet a = `b`;\n```\n\n~~~~\ntilde ~~~\n~~~~\n\n    indented\n\n\ttab\n\n```\nopen', '> quote\nlazy\n> > nested\n\n> - list\n> ```\n> code\n> ```',
  '**bold** __bold__ *em* _em_ ***both*** **a*b*c** *a**b**c* snake_case_word a*b*c ** not ** **', '`code` ``co`de`` ` `` ` `\\` `unclosed', '[a](b) [c](<d e> "f") [g](h \'i\') [j](k (l)) [m](n(o)p) [](q) [r]()',
  '[ref]: http://x.y "Title"\n[Other Ref]: <a b>\n\n[ref] [text][ref] [Other ref][] [nope] [**b**][REF]\n\n![img](a.png "t") ![alt *em*][ref]', '<http://auto.link> <mail@x.y> http://bare.link/a_b_c?d=e&f. www.x.y user@host.com ftp://no',
  '| a | b | c |\n|:--|:-:|--:|\n| 1 | `x|y` | \\| |\n| 2 |\n| 3 | 4 | 5 | 6 |\nend', 'a  \nb\\\nc\nd', '***\n---\n_ _ _\n* * *\n- - -\n--', '<div>\n*html*\n\n*md*\n</div>\n\n<!-- c\n\nd -->\n<?php x ?>\n<a b="c" d>e</a> <br/> <3',
  '&amp; &copy; &#65; &#x1F600; &nope; &#0; < > "', '\\* \\# \\a \\\\ \\[x\\](y)', '~~del~~ ~one~ ~~~three~~~ ~~a~b~~', 'tab\tin\ttext\n\n\u00a0nbsp\n\n\u2028 line sep', '[a [b](c) d](e) ![a ![b](c) d](e) [`](`x`)',
  '1. a\n\n   b\n\n       code\n2. c\n5. d', '-\n\n  a\n- \n- b', 'Term[^1]\n\n[^1]: Note', '# *a* [b](c) `d`\n\n## a\n## a', '*a\n*b\n\n_\n\n**', '[x]: <>\n[x]', '\ud83d\ude00 \ud800 \u0000 é 中文*强调*中文', 'a\r\nb\rc', '', '   ', '"quotes" \'single\' -- --- ... (c) (tm) +-',
  `${'>'.repeat(30)} deep`, `${'['.repeat(50)}a${']'.repeat(50)}`, `${'*a '.repeat(40)}`, `${'- '.repeat(20)}x`,
];
