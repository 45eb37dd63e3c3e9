// SPDX-License-Identifier: MIT
// yargs: types, commands, validation, help, completion, middleware, config, strict modes, and its parser's many corners.
// entries: cjs
'use strict';
const {run, show, sweep} = require('./lib/harness.js');

run('yargs', async (yargs) => {
  const attempt = async (label, make, args) => {
    let output;
    const parser = make(yargs(args).scriptName('tool').exitProcess(false).wrap(70).showHelpOnFail(false).locale('en'));
    try {
      const argv = await new Promise((resolve, reject) => {
        const parsing = parser.parse(args, (error, parsed, text) => { output = text; error ? reject(error) : resolve(parsed); });
        if (parsing instanceof Promise) parsing.catch(reject);
      });
      show(label, [{...argv}, output]);
    } catch (error) {
      show(label, [error.name, error.message, output]);
    }
  };
  const options = (y) => y.usage('Usage: $0 <command> [options]').option('size', {alias: ['s', 'sz'], type: 'number', describe: 'how big', default: 3}).option('name', {type: 'string', demandOption: false, requiresArg: true, group: 'Naming:'})
    .option('list', {type: 'array', alias: 'l'}).boolean(['debug', 'quiet']).count('v').option('kind', {choices: ['a', 'b']}).conflicts('debug', 'quiet').implies('extra', 'name').nargs('pair', 2).coerce('date', (d) => new Date(d).toISOString())
    .normalize('path').hide('secret').describe('secret', 'no').deprecateOption('old', 'use new').version('3.2.1').help().alias('h', 'help').example('$0 -s 5', 'five').epilogue('The end of it.').check((argv) => { if (argv.size > 100) throw new Error('too big'); return true; });
  for (const args of ['', '-s 5 --name x', '--size=abc', '-l 1 2 a --debug', '-vvv', '--kind c', '--debug --quiet', '--extra', '--pair 1 2 3', '--date 2020-01-02', '--path a/../b', '--help', '--version', '--no-debug', '--size 101', 'pos -- -x y', '--name', '-h', '--unknown=5 --un-known x', '-abc 5', '--a.b.c 7 --a.d 8', '--n 0x10 --m 1e3 --o 007', '--e= --f ""', '--x 1 --x 2', '--arr[] 1']) await attempt(args || 'none', options, args);
  const ran = [];
  const commands = (y) => y.command(['add <name> [more..]', 'a'], 'add it', (b) => b.positional('name', {type: 'string', describe: 'the name'}).option('force', {alias: 'f', type: 'boolean'}), (argv) => { ran.push(['add', argv.name, argv.more, argv.force]); })
    .command({command: 'slow <ms>', describe: 'waits', builder: {unit: {default: 'ms'}}, handler: async (argv) => { await new Promise((r) => setTimeout(r, 1)); ran.push(['slow', argv.ms, argv.unit]); }})
    .command('fails', 'always', {}, () => { throw new Error('failed inside'); }).command('later', 'rejects', {}, async () => { throw new Error('rejected inside'); }).command('$0 [file]', 'the default', (b) => b.positional('file', {default: 'stdin'}), (argv) => ran.push(['default', argv.file]))
    .command('nested', 'has more', (b) => b.command('inner <x>', 'deep', {}, (argv) => ran.push(['inner', argv.x])).demandCommand(1, 'one more please'))
    .middleware((argv) => { argv.stamped = true; }).middleware((argv) => { ran.push(['before', argv._.length]); }, true).strictCommands(false).recommendCommands();
  for (const args of ['add x', 'a x y z -f', 'add', 'slow 5', 'fails', 'later', '', 'file.txt', 'nested', 'nested inner 4', 'nested --help', 'add --help', '--help']) {
    await attempt(`command ${args}`, commands, args);
    show('ran', ran.splice(0));
  }
  await attempt('strict', (y) => y.strict().option('a'), '--b 1');
  await attempt('strict commands', (y) => y.strictCommands().command('go', 'g'), 'stop');
  await attempt('recommend', (y) => y.command('install', 'i').recommendCommands().strict(), 'instal');
  await attempt('demand', (y) => y.demandOption(['a', 'b'], 'both!').demandCommand(2, 3), 'x');
  await attempt('demand command', (y) => y.demandCommand(2, 3, 'few', 'many'), 'x');
  await attempt('too many', (y) => y.demandCommand(0, 1, 'few', 'many'), 'x y');
  await attempt('config', (y) => y.config({a: 1, deep: {b: [2]}}).default('c', 9), '--a 5');
  await attempt('env', (y) => { process.env.TOOL_SOME_KEY = 'v'; return y.env('TOOL'); }, '');
  await attempt('parserConfiguration', (y) => y.parserConfiguration({'camel-case-expansion': false, 'dot-notation': false, 'parse-numbers': false, 'duplicate-arguments-array': false, 'boolean-negation': false, 'short-option-groups': false, 'populate--': true}), '--a-b 1 --c.d 2 --e 3 --e 4 --no-f -xyz -- q');
  await attempt('fail()', (y) => y.demandOption('z').fail((message, error, own) => { throw new Error(`own: ${message} ${typeof own.help}`); }), '');
  await attempt('locale', (y) => y.locale('de').option('x', {type: 'string'}), '--help');
  await attempt('strings', (y) => y.updateStrings({'Options:': 'Choices:'}).option('x', {default: [1, 2], defaultDescription: 'two'}), '--help');
  const completion = await new Promise((resolve) => options(yargs([])).command('install', 'x').command('inspect', 'y').getCompletion(['ins'], (e, list) => resolve(list)));
  show('completion', completion);
  show('getHelp', await options(yargs([]).scriptName('tool').wrap(60)).getHelp());
  const Parser = require('yargs/helpers').Parser;
  const lines = ['--a', '-a', '--a=1', '--no-a', '-ab', '-a5', '-a=5', '--a.b', '--a "x y"', "--a 'q'", '--a -5', '--a 1e1000', '--', '-', '--a --', '--=', '--a=b=c', '-n5k', '--__proto__.x 1', '--a 0x1F', '--a 9007199254740993', '--toString', '--a.constructor.b 1', '-1', '-1.5 x', '--a[]=1', '--a=true --b=false', "--a='x\\'y'", '--foo-bar=1', '--fooBar', '--ab-CD'];
  const settings = [{}, {boolean: ['a']}, {string: ['a']}, {number: ['a']}, {array: ['a']}, {count: ['a']}, {alias: {a: ['b', 'long-name']}}, {default: {a: 7}}, {narg: {a: 2}}, {configuration: {'unknown-options-as-args': true}}, {configuration: {'halt-at-non-option': true}}, {coerce: {a: (v) => [v]}}];
  sweep('parser', lines.flatMap((line) => settings.map((o) => [line, o])), (line, o) => Parser(`${line} tail`, o));
  sweep('detailed', lines.map((line) => [line]), (line) => Parser.detailed(line, {array: ['a']}).newAliases);
  show('case', [Parser.camelCase('foo-bar_baz'), Parser.decamelize('fooBarBaz', '_'), Parser.looksLikeNumber('0x1'), require('yargs/helpers').hideBin(['a', 'b', 'c'])]);
});
