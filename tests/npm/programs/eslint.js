// SPDX-License-Identifier: MIT
// eslint: all its rules on real code and on code made to break them, repairs, own rules, processors, the classes and their errors.
// entries: cjs
// sizes: full small
'use strict';
const {run, show, hash, small} = require('./lib/harness.js');
const {read} = require('./lib/inputs.js');
const fs = require('fs');

const BAD = `var a = 1, b = 2; if (a == b) { ; } else if (a = b) {} switch (a) { case 1: f(); case 2: break; default: } for (var i = 0; i < 10; i--) { continue }
function g(x, x2, ...r) { arguments.length; if (x) { return x } else { return } ; unreachable() } const o = {a: 1, 'a': 2, get q() {}, async m() { await 1; for await (const z of y) {} }}; new Object; typeof x == 'strnig'; debugger; with_ = eval('1'); x = x; delete o; void 0; !a in b; isNaN(NaN); NaN === x
class A { constructor() { this.x = super.y } foo() { return 1 } foo() {} static { let k } #unused = 1; set only(v) {} } class B extends A { constructor() { this.z = 1; super() } } label: while (true) { break label } try { throw 'x' } catch (e) { throw e } finally { return 1 }
let s = 'a' + b + "c", t = "\\d\\e", u = /[]a{2,1}  /.test(s), v = new RegExp('['), w = \`\${a}\`, n = 0777, big = 9007199254740993, yoda = 1 < a, tern = a ? true : false, nested = a ? b ? 1 : 2 : 3; parseInt('1'); [1, , 2].map(function (q) { return q }).filter(x => { x }); async () => { await a; await Promise.all([1]) }; function* gen() {} Object.prototype.hasOwnProperty; o.hasOwnProperty('x'); alert(1); setTimeout('x()'); export_ = {__proto__: null}; (function () {})(); a && b(); a, b; if (!a === b) x++; var undefined; const {length: len} = s; const big2 = big; 	tabbed = 1; // TODO: later
`;

run('eslint', async ({Linter, ESLint, RuleTester, SourceCode}) => {
  const {builtinRules} = require('eslint/use-at-your-own-risk');
  const all = Object.fromEntries([...builtinRules.keys()].map((name) => [name, 'error']));
  const linter = new Linter();
  const config = {rules: all, languageOptions: {ecmaVersion: 2024, sourceType: 'script'}};
  const messages = linter.verify(BAD, config, {filename: 'bad.js'});
  show('rules', [builtinRules.size, messages.length, new Set(messages.map((m) => m.ruleId)).size]);
  for (const m of messages.slice(0, 400)) show(`${m.line}:${m.column} ${m.ruleId}`, [m.message, m.endColumn, m.fix ?? null, m.suggestions?.length ?? 0]);
  const fixed = linter.verifyAndFix(BAD, config, {filename: 'bad.js'});
  show('fixed', [fixed.fixed, fixed.messages.length, fixed.output]);
  const files = small ? ['semver/classes/range.js'] : ['semver/classes/range.js', 'express/lib/application.js', 'mustache/mustache.js', 'minimist/index.js', 'ws/lib/receiver.js'];
  for (const file of files) {
    const found = linter.verify(read(file), {rules: all}, {filename: file});
    const counts = {};
    for (const m of found) counts[m.ruleId] = (counts[m.ruleId] ?? 0) + 1;
    show(file, [found.length, hash(found.map((m) => `${m.ruleId}${m.line}:${m.column}${m.message}`).join('\n')), JSON.stringify(counts)]);
  }
  const attempt = (label, code, more = {}) => show(label, () => linter.verify(code, more, {filename: more.name ?? 'a.js'}).map((m) => `${m.line}:${m.column} ${m.severity} ${m.fatal ?? ''} ${m.ruleId} ${m.message}`));
  attempt('syntax', 'let a = ;');
  attempt('module', 'import a from "b"; await a; export default 1; return 5;', {languageOptions: {sourceType: 'module'}});
  attempt('commonjs', 'return require("x");', {languageOptions: {sourceType: 'commonjs'}, rules: {'no-undef': 2}});
  attempt('jsx', 'const a = <A b={1}/>;', {languageOptions: {parserOptions: {ecmaFeatures: {jsx: true}}}});
  attempt('old', 'let a = () => 1;', {languageOptions: {ecmaVersion: 5, sourceType: 'script'}});
  attempt('comments', '/* eslint no-alert: 2 */ alert(1); // eslint-disable-line no-alert -- why\n/* eslint-disable */ x; /* eslint-enable */ /* global y */ y; z;', {rules: {'no-undef': 2}, linterOptions: {reportUnusedDisableDirectives: 'warn'}});
  attempt('unknown rule', 'a', {rules: {nope: 2}});
  attempt('bad option', 'a', {rules: {semi: [2, 'sometimes']}});
  attempt('bad severity', 'a', {rules: {semi: 5}});
  attempt('bad key', 'a', {nothing: 1});
  const rule = {meta: {type: 'problem', fixable: 'code', hasSuggestions: true, schema: [{type: 'object', properties: {name: {type: 'string'}}, additionalProperties: false}], messages: {bad: 'Do not call {{name}}', better: 'use {{name}}2'}},
    create(context) { return {'CallExpression[callee.name=/^f/]:exit'(node) { const {name} = node.callee, source = context.sourceCode; context.report({node, messageId: 'bad', data: {name}, fix: (fixer) => [fixer.insertTextAfter(node.callee, '2'), fixer.insertTextBefore(node, '/* x */ ')], suggest: [{messageId: 'better', data: {name}, fix: (fixer) => fixer.remove(node)}]}); show('in the rule', [source.getText(node), source.getScope(node).type, source.getAncestors(node).length, source.getTokenBefore(node)?.value ?? null, source.getCommentsBefore(node).length, context.options, context.filename]); }, onCodePathEnd(path) { show('code path', [path.origin, path.initialSegment.nextSegments.length]); }}; }};
  const plugin = {meta: {name: 'mine'}, rules: {calls: rule}, processors: {text: {preprocess: (text) => text.split('---').map((t, i) => ({text: t, filename: `${i}.js`})), postprocess: (lists) => lists.flat(), supportsAutofix: true}}};
  const mine = {plugins: {mine: plugin}, rules: {'mine/calls': [2, {name: 'x'}]}};
  attempt('own rule', 'foo(1); if (a) { fun(function () { bar(); }); }', mine);
  show('own repair', linter.verifyAndFix('foo(1);', {plugins: {mine: {rules: {calls: {...rule, create: (c) => ({Identifier(node) { if (node.name === 'foo') c.report({node, message: 'm', fix: (f) => f.replaceText(node, 'bar')}); }})}}}}, rules: {'mine/calls': 2}}).output);
  attempt('own option', 'f()', {...mine, rules: {'mine/calls': [2, {other: 1}]}});
  show('processor', linter.verify('f()---g(', [{files: ['**/*.txt'], plugins: {mine: plugin}, processor: 'mine/text'}, {files: ['**/*.js'], ...mine}], {filename: 'x.txt'}).map((m) => m.message));
  const tester = new RuleTester();
  RuleTester.describe = (name, f) => f();
  RuleTester.it = (name, f) => { try { f(); } catch (e) { show(`tester ${name}`, e.message.split('\n')[0]); } };
  tester.run('calls', builtinRules.get('no-var'), {valid: ['let a'], invalid: [{code: 'var a = 1; a', output: 'let a = 1; a', errors: [{messageId: 'unexpectedVar'}]}, {code: 'let b', errors: 1}]});
  show('text', [new SourceCode({text: 'a;\nb', ast: require('espree').parse('a;\nb', {range: true, loc: true, tokens: true, comment: true})}).lines, SourceCode.splitLines('a\r\nb\u2028c').length]);
  fs.mkdirSync('lib');
  fs.writeFileSync('eslint.config.mjs', 'export default [{rules: {semi: "error", "no-unused-vars": 1}}, {files: ["**/*.test.js"], rules: {semi: "off"}}];');
  fs.writeFileSync('lib/a.js', 'const x = 1');
  fs.writeFileSync('lib/a.test.js', 'const x = 1');
  const eslint = new ESLint({fix: true});
  const results = await eslint.lintFiles(['lib']);
  show('lintFiles', results.map((r) => [r.filePath.replace(process.cwd(), ''), r.errorCount, r.warningCount, r.output ?? null, r.messages.map((m) => m.ruleId)]));
  await ESLint.outputFixes(results);
  show('written', fs.readFileSync('lib/a.js', 'utf8'));
  show('lintText', (await new ESLint().lintText('a', {filePath: 'lib/b.js'})).map((r) => r.messages.map((m) => m.message)));
  for (const name of ['stylish', 'json', 'html']) show(`formatter ${name}`, await (await eslint.loadFormatter(name)).format(await new ESLint().lintFiles('lib')).length > 0);
  show('configuration', [Object.keys((await eslint.calculateConfigForFile('lib/a.test.js')).rules), await eslint.isPathIgnored('node_modules/x.js'), ESLint.getErrorResults(results).length]);
  for (const options of [{cwd: 5}, {nothing: true}, {overrideConfigFile: 'none.js'}]) await show(JSON.stringify(options), (async () => (await new ESLint(options).lintText('a')).length)().catch((e) => `${e.name} ${e.code ?? ''} ${e.message.replaceAll(process.cwd(), '').split('\n')[0]}`));
  await show('no files', eslint.lintFiles('none/*.js').catch((e) => `${e.constructor.name} ${e.message} ${e.messageTemplate}`));
});
