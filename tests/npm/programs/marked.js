// SPDX-License-Identifier: MIT
// marked renders real Markdown, edge cases of CommonMark, its options, extensions and tokens.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {markdown} = require('./lib/inputs.js');
const {EDGES} = require('./lib/markdown.js');

run('marked', async (m) => {
  for (const [name, text] of markdown()) show(name, m.marked.parse(text));
  for (const options of [{}, {gfm: false}, {breaks: true}, {pedantic: true}]) {
    EDGES.forEach((text, i) => show(`${JSON.stringify(options)} ${i}`, () => m.marked.parse(text, options)));
  }
  EDGES.forEach((text, i) => show(`tokens ${i}`, JSON.stringify(m.lexer(text))));
  EDGES.forEach((text, i) => show(`inline ${i}`, m.parseInline(text)));
  const own = new m.Marked({
    renderer: {
      heading({tokens, depth}) { return `<h${depth} id="x">${this.parser.parseInline(tokens)}</h${depth}>\n`; },
      link({href, text}) { return `[${text}=>${href}]`; },
    },
    walkTokens(token) { if (token.type === 'strong') token.type = 'em'; },
    tokenizer: {codespan(src) { const match = /^\$+([^$\n]+?)\$+/.exec(src); return match ? {type: 'codespan', raw: match[0], text: match[1]} : false; }},
    hooks: {preprocess: (text) => `# Title\n\n${text}`, postprocess: (html) => `${html}<!-- end -->`},
    extensions: [{name: 'mark', level: 'inline', start: (src) => src.indexOf('=='), tokenizer(src) {
      const match = /^==([^=]+)==/.exec(src);
      return match ? {type: 'mark', raw: match[0], tokens: this.lexer.inlineTokens(match[1])} : undefined;
    }, renderer(token) { return `<mark>${this.parser.parseInline(token.tokens)}</mark>`; }}],
  });
  show('extended', own.parse('## a **b** ==c *d*== $x$ [e](f)'));
  const slow = new m.Marked({async: true, async walkTokens(token) { await null; if (token.type === 'text') token.text = token.text.toUpperCase(); }});
  await show('async', slow.parse('- a\n- b `c`\n\n> d'));
  show('errors', () => m.marked.parse(undefined));
  show('silent', () => new m.Marked({silent: true}).parse(null));
  show('defaults', Object.keys(m.getDefaults()));
});
