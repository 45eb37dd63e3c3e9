// SPDX-License-Identifier: MIT
// fast-xml-parser: parser, validator and builder over many documents and options; a large document.
// entries: cjs esm
'use strict';
const {run, show} = require('./lib/harness.js');
const {random_from, words} = require('./lib/inputs.js');

const DOCUMENTS = ['<a><b>1</b><b>2.50</b><c d="x" e=\'1\'/>text<f> spaced </f></a>', '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE r [<!ENTITY e "ent"><!ENTITY f "&e;2">]><r>&e; &f; &lt;&gt;&amp;&quot;&apos; &#65;&#x1F600; &unknown;</r>', '<a><![CDATA[<raw> & ]]>x<![CDATA[y]]></a>', '<!-- c --><a><!-- d -->1<!-- e --></a>', '<ns:a xmlns:ns="u"><ns:b ns:c="1"/></ns:a>', '<a>0x1F</a>', '<a>1e3</a>', '<a>007</a>', '<a>+5</a>', '<a>12345678901234567890</a>', '<a>true</a>', '<a/>', '<a></a>', '<a>\n  <b/>\n  mixed <i>text</i> here\n</a>', '<p>one<b>two</b>three<b>four</b></p>',
  '<a b c="" d="&lt;" e="1" f="true"/>', '<script>if (a < b && c) {}</script>', '<a><b><c><d><e>deep</e></d></c></b></a>', '<list><i>1</i><i/><i>x</i></list>', '<?pi some="thing"?><a/>', '<a>é中\u{1F600}</a>', '<html><br><img src="x"><p>unclosed</html>'];
const BAD = ['<a>', '</a>', '<a></b>', '<a b></a>', '<a b=1></a>', '<a b="1" b="2"/>', '<a b="1"c="2"/>', 'text', '', '<a/><b/>', '<1a/>', '<a><!-- x', '<a><![CDATA[x</a>', '<?xml version="1.0"', '<a>&</a>', '<a b="<"/>', '< a/>', '<a\n', '<a>]]></a>', '<!DOCTYPE a [<!ENTITY x SYSTEM "file">]><a/>', '<a></a >', '<a b=\'x"/>'];

run('fast-xml-parser', ({XMLParser, XMLBuilder, XMLValidator}) => {
  const options = [{}, {ignoreAttributes: false, attributeNamePrefix: '@', parseAttributeValue: true, allowBooleanAttributes: true}, {preserveOrder: true, ignoreAttributes: false, commentPropName: '#c', cdataPropName: '#cd', trimValues: false}, {parseTagValue: false, removeNSPrefix: true, ignoreAttributes: false}, {alwaysCreateTextNode: true, attributesGroupName: '$', ignoreAttributes: false, textNodeName: '_'}, {htmlEntities: true, processEntities: true, stopNodes: ['*.script', 'a.b'], unpairedTags: ['br', 'img']}, {isArray: (name) => name === 'b' || name === 'i', numberParseOptions: {hex: false, leadingZeros: false, eNotation: false}}, {ignoreDeclaration: true, ignorePiTags: true, transformTagName: (t) => t.toUpperCase(), transformAttributeName: (t) => `_${t}`, ignoreAttributes: ['c', /^d/]}, {tagValueProcessor: (name, value, path) => `${name}:${value}`, updateTag: (name) => name !== 'c'}];
  DOCUMENTS.forEach((text, i) => options.forEach((option, j) => {
    let parsed;
    show(`${i} ${j}`, () => { parsed = new XMLParser(option).parse(text); return JSON.stringify(parsed); });
    show(`${i} ${j} built`, () => new XMLBuilder({...option, format: j % 2 === 0, indentBy: ' ', suppressEmptyNode: j % 3 === 0, tagValueProcessor: (n, v) => v, suppressBooleanAttributes: j % 2 === 1}).build(parsed));
  }));
  for (const text of [...DOCUMENTS, ...BAD]) {
    show(`valid ${text}`, () => XMLValidator.validate(text));
    show(`boolean ${text}`, () => XMLValidator.validate(text, {allowBooleanAttributes: true, unpairedTags: ['br', 'img', 'p']}));
  }
  for (const text of BAD) show(`strict ${text}`, () => JSON.stringify(new XMLParser().parse(text, true)));
  const parser = new XMLParser();
  parser.addEntity('copy', '©');
  show('entity', () => parser.parse('<a>&copy; &nope;</a>'));
  show('buffer', () => parser.parse(Buffer.from('<a>buf</a>')));
  show('bad input', () => parser.parse(undefined));
  const value = {'?xml': {'@_version': '1.0'}, root: {'@_id': 1, item: [{name: 'a & b', '@_x': '"'}, {name: '<c>'}, null, 'text', 5, true, ['x', ['y']]], empty: {}, '#text': 'tail', date: new Date(0), undef: undefined, fn() {}}};
  for (const option of [{}, {ignoreAttributes: false}, {format: true, ignoreAttributes: false, suppressEmptyNode: true}, {processEntities: false, ignoreAttributes: false, arrayNodeName: 'arr'}, {oneListGroup: true, format: true}]) show(`build ${JSON.stringify(option)}`, () => new XMLBuilder(option).build(value));
  show('build array', () => new XMLBuilder({arrayNodeName: 'row', format: true}).build([{a: 1}, {a: 2}]));
  const random = random_from(4);
  const big = `<library>${Array.from({length: 1500}, (_, i) => `<book id="b${i}" price="${random(9999) / 100}"><title>${words(random, 4)}</title>${i % 7 ? '' : `<![CDATA[${words(random, 3)} & <x>]]>`}<tags>${words(random, 3).split(' ').map((t) => `<tag>${t}</tag>`).join('')}</tags>\n  <n>${random(1e6)}</n></book>`).join('\n')}</library>`;
  const parsed = new XMLParser({ignoreAttributes: false, parseAttributeValue: true}).parse(big);
  show('big', JSON.stringify(parsed));
  show('big back', new XMLBuilder({ignoreAttributes: false, format: true}).build(parsed));
  show('big valid', XMLValidator.validate(big));
});
