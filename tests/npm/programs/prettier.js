// SPDX-License-Identifier: MIT
// prettier: each of its languages and options, embedded code, ranges, the cursor, pragmas, configuration files, plug-ins, errors.
// entries: cjs
// sizes: full small
'use strict';
const {run, show, small} = require('./lib/harness.js');
const {read, markdown} = require('./lib/inputs.js');
const fs = require('fs');

const SOURCES = {
  babel: 'const {a,b:{c}}=require("x"),veryLongName=anotherFunction(argumentNumberOne,argumentNumberTwo)||somethingElse&&(more??less);\nasync function*f(a=1,...b){for await(const x of y){if(a)b();else c()}/* end */}\nclass A extends(B){static #p=1;get x(){return this?.y!.z}}\nexport default <Foo bar={1} {...rest}>text {value}</Foo>\nconst o={\na:1,"b-c":`t${x}\n`,[d]:()=>({}),};promise.then(r=>r.json()).then(data=>console.log(data)).catch(()=>{}).finally(done);',
  acorn: 'label:for(;;){switch(x){case 1:case 2:break label;default:{}}}var re=/a\\/b/g,n=0XFF+1e10+.5+5.;if(a){}else if(b);else{c}\n\n\n\ntry{}catch{}finally{}\nx=a?b:c?d:e;delete a.b,void 0;// tail\n"use strict"',
  typescript: 'enum E{A=1,B}\ninterface I<T extends object=  {}>extends J{readonly a?:string;[k:string]:any;(x:number):void}\nabstract class C<T>implements I<T>{constructor(private readonly x:number,public y?:string){super()}@dec() m<K extends keyof T>(this:C<T>,k:K):asserts k is K{return k as unknown as K}}\ntype U=|"a"|"b"|{[K in keyof T]-?:T[K] extends infer R?R:never};declare module "m"{export=x}\nlet v=<any>x satisfies Y;namespace N.M{}\nfunction f(a:number):void;function f(a:any){}',
  css: '@import url("a.css");a{color:RED;background:URL(x.png)}\n@media (max-width:100px){.b>.c~d+e::before{content:"\\201C";margin:0 0 0 0!important}}\n:root{--x:  {a:b};--y:calc(1px+2px)}a,b,\nc{}/* c */', scss: '$map:(a:1,b:(c:2));@mixin m($x:1px,$y...){width:$x;&:hover{@extend %p}}@each $k,$v in $map{.#{$k}{@include m($v)}}@if $a==1{b{c:d}}@else{e{f:g}}// line\n@function f($a){@return $a*2}',
  less: '@c:#FFF;.m(@a;@b:2){color:darken(@c,10%)}.x{.m(1);&:extend(.y all);@media print{a:b}}@plugin "p";.g when (@mode=dark){a:~"esc"}', json: '{"a":[1,2,{"b":null}],// c\n"c":1e3,"long":["aaaaaaaaaaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbbbbbbbbbbbbbbb","ccccccccccccccccccccccc"]}', json5: "{a:'x',b:[+1,.5,],}",
  html: '<!doctype html><html><head><title>T</title><style>a{b:c}</style><script>let a={b:1};f( a )</script></head><body><p>Some <b>bold</b>text that is long enough to be wrapped somewhere around here, I think</p><ul><li>a</li><li>b</ul><pre>\n keep\n  this</pre><input disabled value=x><!-- c --><textarea> t </textarea></body></html>', vue: '<template><div v-if="a&&b" :x="{y:1}" @click="f( $event )"><span v-for="i in  list">{{i|filter}}</span></div></template><script setup>const a=1</script><style scoped>a{b:c}</style>', angular: '<div *ngIf="a;else b" [x]="y|async" (click)="go( $event );z()">{{ a?.b|date:"x" }}</div>@if(a){<b/>}@else{c}',
  markdown: 'Title\n=====\n\n* a\n* b\n    * c\n\n1) x\n2) y\n\n| a | b |\n|--|:-:|\n| long cell | 1 |\n\n```js\nlet a=1\n```\n__bold__ *it*  \nbreak [l]( u "t" )\n\n[r]: x\n---\n<div>h</div>', mdx: 'import A from "a"\n\n# Hi {name}\n\n<A b={1}>x</A>', yaml: 'a:   1\nb: [1,2,  {c: d}]\n# note\n"q":  \'s\'\nlong: >\n  folded\n  text\n\n\nx: &anchor\n  - 1\n  -   2\ny: *anchor\n---\nsecond: true', graphql: 'query Q($a:Int=1,$b:[String!]!){f(x:$a){...F @include(if:true) a:b}}fragment F on T{id}type T implements A&B{"doc" f(x:Int=1):[T!]! @deprecated}enum E{A B}', handlebars: '<div class="{{if a "b" \'c\'}}">{{#each list as |x i|}}{{x.y}}{{else}}none{{/each}}{{{raw}}}</div>',
};

run('prettier', async (prettier) => {
  for (const [parser, text] of Object.entries(SOURCES)) {
    await show(parser, prettier.format(text, {parser}));
    if (!small) await show(`${parser} narrow`, prettier.format(text, {parser, printWidth: 40, useTabs: true, endOfLine: 'crlf'}));
  }
  for (const options of [{semi: false, singleQuote: true}, {trailingComma: 'none', bracketSpacing: false, arrowParens: 'avoid'}, {quoteProps: 'consistent', jsxSingleQuote: true, bracketSameLine: true}, {objectWrap: 'collapse', tabWidth: 8, experimentalTernaries: true, experimentalOperatorPosition: 'start'}]) await show(JSON.stringify(options), prettier.format(SOURCES.babel.replace('!.z', '.z'), {parser: 'babel', ...options}));
  await show('prose', prettier.format('Some long text that has to be wrapped at the width that was asked for by the option. '.repeat(2), {parser: 'markdown', proseWrap: 'always', printWidth: 30}));
  for (const parser of ['espree', 'meriyah', 'babel-ts', 'babel-flow']) await show(parser, prettier.format('const a = {b: 1,c}, f = async x => await x ** 2;', {parser}));
  await show('check', Promise.all([prettier.check('a;\n', {parser: 'babel'}), prettier.check('a', {parser: 'babel'})]));
  await show('cursor', prettier.formatWithCursor('const   a =   1', {parser: 'babel', cursorOffset: 10}));
  await show('range', prettier.format('a  =  1\nb  =  2\nc  =  3\n', {parser: 'babel', rangeStart: 8, rangeEnd: 12}));
  await show('pragma', Promise.all([prettier.format('a  =  1', {parser: 'babel', requirePragma: true}), prettier.format('a  =  1', {parser: 'babel', insertPragma: true}), prettier.format('// prettier-ignore\na  =  1;\nb  =  2', {parser: 'babel'})]));
  await show('embedded', prettier.format('const q = gql`query{a}`, c = css`a{b:c}`, h = /* HTML */ `<p>x</p>`, m = markdown`\n  * a\n`;', {parser: 'babel'}));
  for (const [parser, bad] of [['babel', 'let a = ;\nx'], ['typescript', 'let x: = 1'], ['css', 'a{b:'], ['json', '{"a":}'], ['html', '<div></span>'], ['yaml', 'a: [b'], ['graphql', 'query {'], ['scss', '@if {'], ['vue', '<template><div></template>'], ['handlebars', '{{#if}}'], ['nothing', 'x'], ['markdown', '']]) {
    await show(`error ${parser}`, prettier.format(bad, {parser}).catch((e) => `${e.name} ${JSON.stringify(e.loc)} ${e.message} ${e.codeFrame !== undefined}`));
  }
  await show('unknown option', prettier.format('a', {parser: 'babel', tabWidth: 'x'}).catch((e) => `${e.name}: ${e.message}`));
  fs.mkdirSync('sub');
  fs.writeFileSync('.prettierrc', 'semi: false\noverrides:\n  - files: "*.test.js"\n    options: {semi: true, tabWidth: 6}\n');
  fs.writeFileSync('.editorconfig', 'root = true\n[*]\nindent_style = tab\nmax_line_length = 60\n');
  fs.writeFileSync('sub/.prettierrc.mjs', 'export default {singleQuote: true};');
  fs.writeFileSync('.prettierignore', 'ignored.js\n*.min.js\n');
  const config = (name, more) => prettier.resolveConfig(name, more);
  await show('configuration', Promise.all([config('a.js'), config('a.test.js'), config('a.js', {editorconfig: true}), config('sub/b.js'), prettier.resolveConfigFile('sub/b.js').then((f) => f.replace(process.cwd(), ''))]));
  await show('file info', Promise.all(['a.js', 'ignored.js', 'x.min.js', 'a.unknown', 'Dockerfile', 'tsconfig.json', '.prettierrc', 'a.mts', 'Jakefile'].map((f) => prettier.getFileInfo(f, {ignorePath: '.prettierignore'}))));
  const {languages, options} = await prettier.getSupportInfo();
  show('languages', languages.map((l) => `${l.name} ${l.parsers.join()}`).join('; '));
  show('options', options.map((o) => `${o.name} ${JSON.stringify(o.default)}`));
  const plugin = {languages: [{name: 'lines', parsers: ['lines'], extensions: ['.lines']}], parsers: {lines: {parse: (text) => ({type: 'root', lines: text.split('\n')}), astFormat: 'lines', locStart: () => 0, locEnd: (n) => n.lines.join().length}}, printers: {lines: {print: (p) => prettier.doc.builders.join(prettier.doc.builders.hardline, p.node.lines.map((l) => l.trim()))}}};
  await show('plug-in', prettier.format('  a\n b ', {filepath: 'x.lines', plugins: [plugin]}));
  const {builders: b, printer, utils} = prettier.doc;
  const doc = b.group(['f(', b.indent([b.softline, b.join([',', b.line], ['aaa', 'bbb', b.fill(['c', b.line, 'd'])])]), b.ifBreak(',', ''), b.softline, ')']);
  show('doc', [5, 80].map((printWidth) => printer.printDocToString(doc, {printWidth, tabWidth: 2}).formatted).concat(String(utils.willBreak(b.hardline)), String(utils.willBreak(doc))));
  show('util', [prettier.util.getStringWidth('中a\u0301'), prettier.util.makeString('a"b', '"'), prettier.util.skipWhitespace('  a', 0), prettier.util.getNextNonSpaceNonCommentCharacter('/* x */ b', 0)]);
  const files = small ? [['semver.js', read('semver/classes/range.js')]] : [['semver.js', read('semver/classes/range.js')], ['ajv.ts', read('ajv/lib/core.ts').slice(0, 12000).replace(/\n[^\n]*$/, '')], ['package.json', read('webpack/package.json'.replace('webpack', 'express/package.json'.split('/')[0]))], [markdown()[2][0], markdown()[2][1].slice(0, 6000)]];
  for (const [filepath, text] of files) await show(`file ${filepath}`, prettier.format(text, {filepath}).catch((e) => e.message.split('\n')[0]));
  await prettier.clearConfigCache();
});
