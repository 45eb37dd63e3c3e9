// SPDX-License-Identifier: MIT
// markdown-it renders real Markdown with its presets, shows its tokens, and takes rules and plugins.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {markdown} = require('./lib/inputs.js');
const {EDGES} = require('./lib/markdown.js');

run('markdown-it', (MarkdownIt) => {
  const md = new MarkdownIt({html: true, linkify: true, typographer: true});
  for (const [name, text] of markdown()) show(name, md.render(text));
  for (const preset of ['default', 'commonmark', 'zero']) {
    const one = new MarkdownIt(preset, {breaks: preset === 'default', xhtmlOut: true});
    EDGES.forEach((text, i) => show(`${preset} ${i}`, () => one.render(text)));
  }
  EDGES.forEach((text, i) => show(`typographer ${i}`, md.render(text)));
  EDGES.forEach((text, i) => show(`tokens ${i}`, JSON.stringify(md.parse(text, {}))));
  EDGES.forEach((text, i) => show(`inline ${i}`, md.renderInline(text)));
  const highlighted = new MarkdownIt({highlight: (code, language, attributes) => `<i class="${language}" data="${attributes}">${code.length}</i>`});
  show('highlight', highlighted.render('```js {1,2} x=y\nlet a;\n```'));
  md.renderer.rules.link_open = (tokens, i, options, env, self) => {
    tokens[i].attrSet('target', '_blank');
    tokens[i].attrJoin('class', 'ext');
    env.links = (env.links || 0) + 1;
    return self.renderToken(tokens, i, options);
  };
  const env = {};
  show('rules', [md.render('[a](b) <http://c.d>', env), env]);
  md.use((self, name) => {
    self.inline.ruler.before('emphasis', name, (state, silent) => {
      if (state.src.slice(state.pos, state.pos + 2) !== '==') return false;
      const end = state.src.indexOf('==', state.pos + 2);
      if (end < 0) return false;
      if (!silent) {
        state.push('mark_open', 'mark', 1);
        state.push('text', '', 0).content = state.src.slice(state.pos + 2, end);
        state.push('mark_close', 'mark', -1);
      }
      state.pos = end + 2;
      return true;
    });
    self.core.ruler.push('count', (state) => { state.env.count = state.tokens.length; });
  }, 'mark');
  show('plugin', [md.render('a ==b== c == d', env), env]);
  show('disabled', md.disable(['emphasis', 'link']).render('*a* [b](c)'));
  show('linkify', md.linkify.match('see https://github.com/x?y=z#w, //a.b, x@y.zz and почта.рф www.тест.com/п.')?.map((m) => [m.index, m.lastIndex, m.url]));
  show('utils', [md.utils.escapeHtml('<&">'), md.utils.unescapeAll('\\&amp;\\*'), md.utils.isPunctChar('…'), md.utils.normalizeReference(' ẞ  İ '), md.normalizeLink('http://пример.рф/а б?%zz'), md.normalizeLinkText('http://xn--e1afmkfd.xn--p1ai/%D0%B0'), md.validateLink('javascript:x')]);
  show('bad preset', () => new MarkdownIt('nope'));
  show('bad input', () => md.render(5));
});
