// SPDX-License-Identifier: MIT
// js-yaml loads and dumps: all of YAML's forms, schemas, own types, options, errors with their places; large documents.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {random_from, words, read} = require('./lib/inputs.js');

const DOCUMENTS = ['a: 1\nb: [1, 2.5, -3, 0x1F, 0o17, 0b11, 1_000, 1e3, .5, +.inf, -.INF, .nan]\nc: {d: e, "f g": h, ? i : j}', '- ~\n- null\n- true\n- False\n- yes\n- on\n- 2001-12-14t21:59:43.10-05:00\n- 2002-12-14\n- 12:30:45\n- 010\n- 0.1.2', '&a anchor: &b {x: 1}\ncopy: *b\nmerge: {<<: *b, y: 2}\nlist:\n  <<: [*b, {z: 3}]',
  'lit: |\n  a\n   b\n\n  c\n\nfold: >\n  a\n  b\n\n   c\n  d\nstrip: |-\n  x\nkeep: |+\n  y\n\nind: |2\n    z\n', '"double \\"q\\" \\n \\u00e9 \\x41 \\U0001F600 \\\n  joined": \'single \'\'q\'\'\'\nplain text: with : colon#no comment # comment\nmulti\n  line: v', '? complex\n: value\n? [a, b]\n: seq key\n? |\n  block\n: - x\n  - y', '--- # doc\na\n...\n---\n- b\n--- !!str 5\n---\n',
  '!!map {a: !!int "5", b: !!float "1", c: !!binary aGVsbG8=, d: !!set {x, y}, e: !!omap [p: 1, q: 2], f: !!pairs [r: 1, r: 2], g: !!timestamp 2001-01-01, h: !!null ""}', '%YAML 1.2\n%TAG ! tag:example.org,2000:\n---\na: !!str 1', 'a:\n- b\n-  c\n- - d\n  - e\n-\n  f: 1\n  g: 2\n', '[a, [b, {c: d}], "e", f: g, ]', '{a, b: , c: "d"e}', 'a: b: c', 'a:\n\t- b', '- a\n b', '[1, 2', '"unclosed', '*missing', '&a &b c', 'a: 1\na: 2', '!unknown x', '@bad', '`bad', '%', 'a: |x\n  b', '- !!int abc', '\u0000', '{a: b}}', 'key: [\n]\n  x', '', '# only a comment', '"\\z"', "'a\n\n\n  b'", 'x: \u2028y\u00a0\ufeffz', '__proto__: {polluted: 1}\nconstructor: 2', '? {[a]: b}\n: 1'];

run('js-yaml', (yaml) => {
  const all = [];
  for (const text of DOCUMENTS) {
    for (const schema of [yaml.DEFAULT_SCHEMA, yaml.CORE_SCHEMA, yaml.JSON_SCHEMA, yaml.FAILSAFE_SCHEMA].filter(Boolean)) {
      show(JSON.stringify(text), () => { const docs = []; const out = yaml.loadAll(text, (d) => docs.push(d), {schema, filename: 'f.yml'}); return out || docs; });
    }
    show('json', () => yaml.load(text, {json: true, onWarning: (w) => all.push(w.message)}));
    show('error', () => { try { return yaml.load(text); } catch (e) { return [e.name, e.reason, e.mark && [e.mark.line, e.mark.column, e.mark.position, e.mark.snippet], e.toString(true)]; } });
  }
  show('warnings', all);
  const shared = {s: 1};
  const value = {text: 'plain', empty: '', spaces: ' lead', colon: 'a: b', hash: 'a #b', dash: '- a', quote: '\'"', multi: 'a\nb\n', long: words(random_from(1), 60), tab: 'a\tb', emoji: '\u{1F600}', control: '\x07\x00', number: '123', float: '1.5e3', bool: 'true', nul: '~', date: '2001-01-01', realDate: new Date(0), bin: new Uint8Array([1, 2, 255]),
    nums: [0, -0, 1.5, 1e21, NaN, Infinity, -Infinity, 1e-7], nested: [[1, [2, []]], {}, {a: {b: [{c: 1, d: [2]}]}}], first: shared, second: shared, nil: null, 'key: odd': 1, '- k': 2, '': 3, 5: 5, undef: [null], fold: 'word '.repeat(40) + '\n\n  indented\nend'};
  for (const options of [{}, {indent: 4}, {flowLevel: 1}, {sortKeys: true, lineWidth: 40}, {noRefs: true, noArrayIndent: true}, {quotingType: '"', forceQuotes: true}, {condenseFlow: true, flowLevel: 0}, {lineWidth: -1, styles: {'!!null': 'canonical', '!!int': 'hexadecimal', '!!bool': 'uppercase'}}, {replacer: (k, v) => (typeof v === 'number' ? v + 1 : v)}, {sortKeys: (a, b) => (a < b ? 1 : -1), noCompatMode: true}]) {
    show(`dump ${JSON.stringify(options)}`, () => yaml.dump(value, options));
    show(`back ${JSON.stringify(options)}`, () => yaml.load(yaml.dump(value, options)));
  }
  for (const bad of [() => 1, {f() {}}, undefined, [undefined], {a: undefined}, Symbol('x'), {r: /x/g}, new Map([[1, 2]]), 10n]) { show('dump bad', () => yaml.dump(bad)); show('skip bad', () => yaml.dump(bad, {skipInvalid: true})); }
  const cyclic = {name: 'c', list: []};
  cyclic.self = cyclic;
  cyclic.list.push(cyclic, cyclic.list);
  show('cyclic', () => yaml.dump(cyclic));
  show('cyclic back', () => yaml.load(yaml.dump(cyclic)));
  if (yaml.Type && yaml.DEFAULT_SCHEMA && yaml.DEFAULT_SCHEMA.extend) {
    class Point { constructor(x, y) { this.x = x; this.y = y; } }
    show('own type', () => {
      const type = new yaml.Type('!point', {kind: 'sequence', resolve: (d) => d.length === 2, construct: ([x, y]) => new Point(x, y), instanceOf: Point, represent: (p) => [p.x, p.y]});
      const schema = yaml.DEFAULT_SCHEMA.extend([type]);
      return [yaml.load('- !point [1, 2]\n- !point [3]', {schema}), yaml.dump({p: new Point(5, 6)}, {schema})];
    });
  }
  const random = random_from(9);
  const big = Array.from({length: 1500}, (_, i) => ({id: i, name: words(random, 2), notes: words(random, 20), tags: words(random, 3).split(' '), price: random(10000) / 100, nested: {on: i % 2 === 0, when: `2020-01-${10 + (i % 20)}`}}));
  const text = yaml.dump(big);
  show('big', text);
  show('big back', JSON.stringify(yaml.load(text)) === JSON.stringify(big));
  show('package', yaml.dump(JSON.parse(read('typescript/package.json'))));
  show('exports', Object.keys(yaml).sort());
});
