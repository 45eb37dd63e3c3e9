// SPDX-License-Identifier: MIT
// handlebars compiles templates to functions with new Function: helpers, partials, scopes, whitespace, errors, its tree.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');

const DATA = () => ({
  title: 'All <about> "A&B"', empty: [], zero: 0, no: false, none: null, html: '<b>bold</b>', deep: {a: {b: {c: 'found'}}}, 'odd key': 'odd',
  people: [{first: 'Yehuda', last: 'Katz', tags: ['x', 'y']}, {first: 'Alan', last: 'Johnson', tags: []}], map: {one: 1, two: 2}, call() { return `this ${this.title.length}`; },
  matrix: [[1, 2], [3, 4]], set: new Set(['s1', 's2']), date: new Date(0), nested: {people: 'inner'},
});
const TEMPLATES = ['{{title}} {{{title}}} {{&title}} {{missing}} {{zero}} {{no}} {{none}}', '{{deep.a.b.c}} {{deep/a/b/c}} {{[odd key]}} {{people.[0].first}} {{people.1.last}} {{people.length}}',
  '{{#each people}}{{@index}}:{{first}} {{last}}{{#if @first}} first{{/if}}{{#unless @last}}, {{/unless}}{{/each}}', '{{#each map}}{{@key}}={{this}};{{/each}}{{#each empty}}x{{else}}none{{/each}}',
  '{{#each people as |person i|}}{{i}} {{person.first}} {{#each person.tags as |tag|}}{{../../title}}{{tag}}{{@../index}}{{/each}}{{/each}}', '{{#with deep.a}}{{b.c}} {{../title}} {{@root.zero}}{{else}}no{{/with}}',
  '{{#if zero}}yes{{else if no}}maybe{{else}}neither{{/if}} {{#if zero includeZero=true}}zero{{/if}}', '{{#people}}{{first}} {{/people}}{{^empty}}empty{{/empty}}{{#call}}{{this}}{{/call}} {{call}}',
  '{{lookup people 0}} {{lookup (lookup people 1) "first"}} {{lookup map "two"}}', '{{shout title}} {{concat "a" 1 true null undefined title.length x="y" z=deep.a.b.c}}', '{{#repeat 3 sep="-"}}{{@index}}{{this}}{{else}}never{{/repeat}}',
  '{{> person people.[0] prefix="Mr"}}{{> (whichPartial) people.[1]}}{{> layout}}body {{title}}{{/layout}}', '{{#> layout}}given {{zero}}{{/layout}}{{#*inline "mine"}}inline {{title}}{{/inline}}{{> mine}}{{#> nopartial}}fallback{{/nopartial}}',
  ' {{~title~}} \n{{~#if title~}}\n  trimmed  \n{{~/if~}}\n end', '{{! comment }}{{!-- also }} this --}}\\{{escaped}} {{{{raw}}}} {{not}} {{{{/raw}}}}', '{{#each matrix}}{{#each this}}{{this}}{{@../index}} {{/each}}\n{{/each}}',
  '{{#each set}}{{@index}}{{this}} {{/each}}{{nested.people}} {{helperMissingTest a=1}}', 'a\n  {{#if title}}\n  standalone\n  {{/if}}\n{{> indented}}\nb', '{{"literal"}} {{12}} {{true}} {{this.title}} {{./title}} {{../title}}', '{{log "x"}}{{title.length}} {{html}}{{{html}}}'];
const BAD = ['{{#if}}', '{{/if}}', '{{#if a}}{{/each}}', '{{a', '{{{a}}', '{{#each a as |}}{{/each}}', '{{> }}', '{{foo bar=}}', '{{#if a}}x', '{{"a}}', '{{> missing}}', '{{unknown 1}}', '{{#unknown 1}}{{/unknown}}', '{{if}}', '{{../a/../b}}'];

run('handlebars', (top) => {
  const handlebars = top.create();
  handlebars.registerHelper({
    shout: (text) => new handlebars.SafeString(String(text).toUpperCase()),
    concat(...args) { const {hash} = args.pop(); return args.map(String).join('|') + JSON.stringify(hash); },
    repeat(count, options) { let out = ''; for (let i = 0; i < count; i++) out += (i ? options.hash.sep : '') + options.fn('r', {data: {...options.data, index: i}}); return count ? out : options.inverse(this); },
    raw: (options) => options.fn().trim(), whichPartial: () => 'person', loud: (x) => x, log() {},
  });
  handlebars.registerPartial({person: '{{prefix}}{{first}} {{last}};\n', layout: '<{{> @partial-block}}>', indented: 'one\ntwo {{title}}\n'});
  handlebars.registerDecorator('mark', (program) => (...args) => `*${program(...args)}*`);
  TEMPLATES.forEach((text, i) => {
    for (const options of [{}, {noEscape: true, strict: false, preventIndent: true}, {strict: true}, {assumeObjects: true, knownHelpers: {shout: true}}, {compat: true, explicitPartialContext: true, ignoreStandalone: true}]) {
      show(`${i} ${JSON.stringify(options)}`, () => handlebars.compile(text, options)(DATA(), {allowProtoPropertiesByDefault: true, data: {level: 1}}));
    }
    show(`${i} code`, () => handlebars.precompile(text));
    show(`${i} tree`, () => JSON.stringify(handlebars.parse(text)));
  });
  for (const text of BAD) show(text, () => handlebars.compile(text)({a: 1}));
  show('precompiled', handlebars.template(new Function(`return ${handlebars.precompile(TEMPLATES[2])}`)())(DATA()));
  show('source map', () => handlebars.precompile(TEMPLATES[1], {srcName: 'a.hbs', destName: 'a.js'}));
  handlebars.logger.log = () => {};
  show('proto', [handlebars.compile('{{constructor.name}} {{__proto__.x}} {{toString}} {{getter}}')(new (class { get getter() { return 1; } })()), handlebars.compile('{{a.b}}')(Object.create({a: {b: 1}}))]);
  show('decorated', handlebars.compile('{{#shoutBlock}}{{* mark}}x{{/shoutBlock}}')({shoutBlock: true}));
  show('escape', [handlebars.escapeExpression('<a href="x">&\'`=</a>'), handlebars.Utils.isEmpty([]), handlebars.Utils.extend({a: 1}, {b: 2}), handlebars.Utils.toString.call([]), handlebars.createFrame({a: 1})]);
  class Collector extends top.Visitor { PathExpression(path) { (this.paths ||= []).push(path.original); } }
  const visitor = new Collector();
  visitor.accept(handlebars.parse(TEMPLATES.slice(0, 10).join('')));
  show('visitor', visitor.paths);
  const big = handlebars.compile(Array.from({length: 300}, (_, i) => `{{#if v${i}}}<p class="c${i}">{{v${i}}} {{shout "s${i}"}}</p>{{else}}-{{/if}}`).join('\n'));
  show('big', big(Object.fromEntries(Array.from({length: 300}, (_, i) => [`v${i}`, i % 3 ? i : 0]))));
  show('versions', [handlebars.VERSION, handlebars.COMPILER_REVISION, Object.keys(handlebars.helpers).sort()]);
});
