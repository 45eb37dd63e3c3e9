// SPDX-License-Identifier: MIT
// mustache: sections, lambdas, partials, delimiters, whitespace, its token trees, caches and errors.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {random_from, words} = require('./lib/inputs.js');

const VIEW = () => ({
  name: 'Chris <b>', company: '"A & B"', n: 0, no: false, nil: null, list: ['a', 'b', 'c'], empty: [], people: [{name: 'x', inner: {deep: 1}, kids: [{name: 'k', kids: [{name: 'l', kids: null}]}]}, {name: 'y', kids: []}],
  a: {b: {c: 'abc', list: [{d: 1}, {d: 2}]}}, upper() { return (text, render) => render(text).toUpperCase(); }, now() { return `method of ${this.name}`; }, matrix: [[1, 2], [3]],
});
const TEMPLATES = ['{{name}} {{{name}}} {{&name}} {{ company }} {{missing}} {{n}} {{nil}}', '{{#list}}{{.}},{{/list}}{{^list}}none{{/list}}{{^empty}}empty{{/empty}}{{#empty}}x{{/empty}}',
  '{{#people}}{{name}}{{#inner}}{{deep}}{{company}}{{/inner}};{{/people}}', '{{a.b.c}} {{#a.b}}{{c}}{{#list}}{{d}}{{c}}{{/list}}{{/a.b}} {{a.x.c}}', '{{#upper}}hi {{name}}{{/upper}} {{now}} {{#n}}zero{{/n}}{{#no}}no{{/no}}',
  '{{! comment\nmore }}{{=<% %>=}}<% name %> {{name}} <%={{ }}=%>{{name}}', 'a\n {{#list}}\n - {{.}}\n {{/list}}\nb\n{{! alone }}\nc', '{{> part}}\n  {{> part}}\n{{> fn}}{{> none}}', '{{#matrix}}{{#.}}{{.}} {{/.}}|{{/matrix}}', '{{#name.length}}long {{name.length}}{{/name.length}}',
  '{{#people}}{{> recursive}}{{/people}}', '| {{#a}} {{=| |=}} |#b||c||/b| |={{ }}=| {{/a}} |'];
const BAD = ['{{#a}}', '{{/a}}', '{{#a}}{{/b}}', '{{a', '{{=x=}}', '{{{a}}', '{{=<% %>', '{{#a}}{{#b}}{{/a}}{{/b}}'];

run('mustache', (mustache) => {
  const partials = {part: '<{{name}}>\n', fn: '{{a.b.c}}', recursive: '{{name}}{{#kids}}({{> recursive}}){{/kids}}'};
  TEMPLATES.forEach((text, i) => {
    show(`render ${i}`, () => mustache.render(text, VIEW(), partials));
    show(`tokens ${i}`, () => JSON.stringify(mustache.parse(text)));
    show(`tags ${i}`, () => mustache.render(text, VIEW(), partials, ['<%', '%>']));
    show(`plain ${i}`, () => mustache.render(text, VIEW(), (name) => partials[name], {escape: (value) => `[${value}]`}));
  });
  for (const text of BAD) show(text, () => mustache.render(text, {}));
  show('not text', () => mustache.render({}, {}));
  const writer = new mustache.Writer();
  writer.parse('{{a}}');
  writer.parse('{{b}}', ['<', '>']);
  show('cache', () => { writer.clearCache(); return writer.render('{{a}}', {a: 1}); });
  const context = new mustache.Context({a: 1, b: {c: 2}}).push({d: 3}).push({b: null});
  show('context', [context.lookup('a'), context.lookup('b'), context.lookup('d'), context.lookup('x.y'), context.parent.lookup('b.c')]);
  const scanner = new mustache.Scanner('abc 123 def');
  show('scanner', [scanner.scan(/[a-z]+/), scanner.scan(/\d/), scanner.scanUntil(/\d/), scanner.tail, scanner.pos, scanner.eos()]);
  show('escape', mustache.escape('<a href="x">&\'`=/</a>'));
  const random = random_from(7);
  const rows = Array.from({length: 400}, (_, i) => ({i, text: words(random, 6), tags: words(random, 3).split(' '), even: i % 2 === 0}));
  show('table', mustache.render('{{#rows}}<tr id="{{i}}">{{text}}{{#tags}}<i>{{.}}</i>{{/tags}}{{#even}}even{{/even}}{{^even}}odd{{/even}}</tr>\n{{/rows}}', {rows}));
  show('own tags', [mustache.tags, mustache.name, mustache.version]);
});
