// SPDX-License-Identifier: MIT
// commander: options of all kinds, arguments, sub-commands in the process and outside of it, help, suggestions, hooks, errors.
// entries: cjs
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');
const path = require('path');
const {spawnSync} = require('child_process');

run('commander', async (commander) => {
  const {Command, Option, Argument, InvalidArgumentError} = commander;
  let said = [];
  const make = (name = 'tool') => new Command(name).exitOverride().configureOutput({writeOut: (s) => said.push(`out ${s}`), writeErr: (s) => said.push(`err ${s}`), getOutHelpWidth: () => 70, getErrHelpWidth: () => 70});
  const attempt = (label, program, args) => {
    said = [];
    try {
      program.parse(args, {from: 'user'});
      show(label, [program.opts(), program.args, said]);
    } catch (error) {
      show(label, [error.name, error.code, error.exitCode, error.message, said]);
    }
  };
  const number = (text, before) => {
    const n = Number(text);
    if (Number.isNaN(n)) throw new InvalidArgumentError('Not a number.');
    return before ? before + n : n;
  };
  const build = () => make().version('1.2.3', '-V, --vers', 'say it').description('A tool that does things').usage('[options] <file...>')
    .option('-d, --debug', 'more output').option('-s, --size <n>', 'the size', number, 3).option('-l, --list <items...>', 'several').option('--no-color', 'plain').option('-o, --optional [value]', 'maybe')
    .addOption(new Option('-c, --choice <kind>', 'one of them').choices(['red', 'green']).default('red', 'the red one')).addOption(new Option('--secret').hideHelp()).addOption(new Option('-p, --port <n>', 'port').env('TOOL_PORT').argParser(number))
    .addOption(new Option('--quiet').conflicts('debug')).addOption(new Option('--fast').implies({size: 99})).addOption(new Option('-v, --verbose', 'louder').default(0).argParser((v, n) => n + 1))
    .argument('[file]', 'what to read', 'stdin').argument('[more...]', 'others').action(() => {}).addHelpText('before', 'BEFORE').addHelpText('after', ({command}) => `after ${command.name()}`);
  for (const args of [[], ['-d', 'a', 'b', 'c'], ['-ds5', '--no-color'], ['--size=7', '-l', 'x', 'y', '--', '-z'], ['-s', 'many'], ['-c', 'blue'], ['-c', 'green', '-o'], ['-o', 'val'], ['-oval'], ['--unknown'], ['--colr'], ['-V'], ['--help'], ['--quiet', '-d'], ['--fast'], ['--fast', '-s', '1'], ['-s'], ['a', '-d', 'b'], ['--secret'], ['-s', '1', '-s', '2']]) attempt(args.join(' ') || 'none', build(), args);
  process.env.TOOL_PORT = '8080';
  const program = build();
  attempt('environment', program, []);
  show('sources', ['port', 'size', 'debug', 'choice'].map((key) => program.getOptionValueSource(key)));
  delete process.env.TOOL_PORT;
  const log = [];
  const nested = () => {
    const top = make('git').option('-g, --global').hook('preAction', (a, b) => log.push(`pre ${b.name()}`)).hook('postAction', (a, b) => log.push(`post ${b.name()}`)).hook('preSubcommand', (a, b) => log.push(`sub ${b.name()}`));
    top.command('add <paths...>').alias('a').description('add paths').option('-f, --force').action((paths, options, command) => log.push(['add', paths, options, command.optsWithGlobals()]));
    const remote = top.command('remote').description('remotes').summary('rem');
    remote.command('list', {isDefault: true}).action(() => log.push('list'));
    remote.command('rename').argument('<from>').argument('<to>', 'new name', (v) => v.toUpperCase()).action((from, to) => log.push([from, to]));
    top.command('slow').action(async () => { await null; log.push('slow'); });
    top.command('hidden', {hidden: true}).action(() => {});
    return top;
  };
  for (const args of [['add', 'x', 'y', '-f'], ['a', 'z', '-g'], ['remote'], ['remote', 'rename', 'a', 'b'], ['remote', 'rename', 'a'], ['help'], ['help', 'add'], ['ad'], ['remote', '--help'], [], ['add']]) {
    attempt(`git ${args.join(' ')}`, nested(), args);
    show('log', log.splice(0));
  }
  await nested().parseAsync(['slow'], {from: 'user'});
  show('async', log.splice(0));
  attempt('excess', make().allowExcessArguments(false).argument('<one>').action(() => {}), ['1', '2']);
  attempt('unknown allowed', make().allowUnknownOption().allowExcessArguments().argument('[rest...]').action(() => {}), ['--what', 'x', '-y']);
  attempt('pass through', make().enablePositionalOptions().passThroughOptions().option('-d').argument('<cmd>').argument('[args...]').action(() => {}), ['run', '-d', '--x']);
  attempt('required', make().requiredOption('-r, --req <x>', 'must be'), []);
  attempt('argument choices', make().addArgument(new Argument('<size>').choices(['S', 'M'])).action(() => {}), ['XL']);
  attempt('error()', make().action((o, c) => c.error('own words', {exitCode: 7, code: 'own'})), []);
  attempt('help groups', make().helpOption('-?, --hilfe', 'zeigen').helpCommand('hilfe [cmd]', 'zeigen').configureHelp({sortOptions: true, sortSubcommands: true, subcommandTerm: (c) => c.name()}).option('-z', 'last').option('-a', 'first').addCommand(new Command('beta')).addCommand(new Command('alpha')), ['-?']);
  fs.writeFileSync('pm.js', `const {program} = require(${JSON.stringify(require.resolve('commander'))});
    program.name('pm').version('0.1').command('install [name]', 'install things').command('search', 'look', {executableFile: 'find-it'}).command('gone', 'not there').parse();`);
  fs.writeFileSync('pm-install.js', `const {program} = require(${JSON.stringify(require.resolve('commander'))}); program.option('-f').argument('[n]').parse(); console.log('installing', program.args, program.opts()); process.exitCode = 3;`);
  fs.writeFileSync('find-it.js', 'console.log("found", process.argv.slice(2)); process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000);');
  for (const args of [['install', 'x', '-f'], ['search', 'a'], ['help'], ['instal'], ['--version'], ['help', 'install']]) {
    const {status, stdout, stderr, signal} = spawnSync(process.execPath, ['pm.js', ...args], {encoding: 'utf8'});
    show(`pm ${args.join(' ')}`, [status, signal, stdout, stderr]);
  }
});
