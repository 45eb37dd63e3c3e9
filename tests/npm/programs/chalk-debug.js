// SPDX-License-Identifier: MIT
// chalk and debug: colour levels, nesting, templates, the environment that decides; namespaces, formatters, output by util.inspect.
// entries: cjs
'use strict';
const {run, show} = require('./lib/harness.js');
const {spawnSync} = require('child_process');

const child = (code, env, flags = []) => {
  const {NO_COLOR, ...rest} = process.env;
  const {stdout, stderr, status} = spawnSync(process.execPath, ['-e', code, '--', ...flags], {cwd: __dirname, env: {...rest, ...env}, encoding: 'utf8'});
  return [status, stdout, stderr];
};

run('chalk', async (chalk) => {
  const {Chalk, chalkStderr, modifierNames, colorNames, supportsColor} = chalk;
  show('names', [modifierNames, colorNames, supportsColor, chalkStderr.level]);
  for (const level of [0, 1, 2, 3]) {
    const c = new Chalk({level});
    show(`level ${level}`, [c.red('r'), c.bold.underline.bgBlue('b'), c.hex('#ff8800')('h'), c.bgHex('#0f0')('g'), c.rgb(1, 200, 3)('rgb'), c.ansi256(194)('a'), c.bgAnsi256(7)('x'), c.visible('v'), c.red.visible('rv')]);
    show(`nested ${level}`, c.red('a', c.green('b', c.blue.inverse('c')), 'd'));
    show(`lines ${level}`, c.red('a\nb\r\nc') + c.dim('') + c.gray(0) + c.grey(null) + c.blackBright(undefined));
  }
  const full = new Chalk({level: 3});
  for (const name of [...modifierNames, ...colorNames]) show(name, full[name]('x', 1));
  show('level set', () => { const c = new Chalk({level: 1}); c.level = 0; return [c.red('x'), c.level]; });
  show('bad level', () => new Chalk({level: 9}));
  show('functions', [full.red.bold === full.red.bold, typeof full.red, full.red.name, Object.getPrototypeOf(full.red) === Object.getPrototypeOf(full.green)]);
  const code = 'const c = require("chalk"); console.log(JSON.stringify([c.supportsColor, c.supportsColorStderr, c.default.level, c.default.cyan("x")]))';
  const environments = [{}, {FORCE_COLOR: '1'}, {FORCE_COLOR: '3'}, {FORCE_COLOR: '0'}, {FORCE_COLOR: 'true'}, {FORCE_COLOR: '2', TERM: 'dumb'}, {COLORTERM: 'truecolor'}, {CI: '1', GITHUB_ACTIONS: '1', FORCE_COLOR: ''}];
  for (const env of environments) show(JSON.stringify(env), child(code, env));
  for (const flags of [['--color'], ['--no-color'], ['--color=256'], ['--color=16m']]) show(flags[0], child(code, {}, flags));

  const debug = require('debug');
  const lines = [];
  debug.log = (...parts) => lines.push(require('util').format(...parts).replace(/^\d\S+ /, ''));
  debug.inspectOpts.hideDate = true;
  debug.enable('app:*,-app:noisy,other');
  const a = debug('app:one'), noisy = debug('app:noisy'), other = debug('other'), none = debug('none');
  show('enabled', [a.enabled, noisy.enabled, other.enabled, none.enabled, debug.enabled('app:deep:er'), debug.enabled('-x'), a.namespace, typeof a.color, a.useColors]);
  debug.formatters.h = (v) => v.toString('hex');
  a('text %s %d %i %j %o %O %%', 'str', 1.5, 7.9, {j: 1}, {o: [1, {p: 2}]}, {O: new Map([[1, 2]])});
  a('hex %h', Buffer.from('hi'));
  a(new Error('an error').message);
  a({object: true, list: [1, 2]});
  a.extend('more')('extended');
  a.extend('x', '/')('delimited');
  noisy('never');
  other('many', 1, [2], {three: 3});
  show('lines', lines.splice(0));
  show('disable', debug.disable());
  a('not now');
  a.enabled = true;
  a('by hand');
  show('again', [lines.splice(0).map((line) => line.replace(/\+\d+m?s/, '+N')), a.enabled]);
  show('coerce', [debug.coerce(new Error('x')) !== 'x', debug.humanize(1500), debug.humanize(7200000), debug.selectColor('abc')]);
  const program = 'const d = require("debug"); const l = d("worker:a"); l("one %o", {a: 1, b: [1, 2]}); l("two\\nlines"); d("worker:b")("no"); d("x")(new Set([1]));';
  const clean = ([status, out, err]) => [status, out, err.replace(/\d{4}-\d\d-\S+Z/g, 'DATE').replace(/\+\d+ms/g, '+Nms')];
  show('environment', clean(child(program, {DEBUG: 'worker:*,x,-worker:b'})));
  show('colors', clean(child(program, {DEBUG: '*', DEBUG_COLORS: '1', TERM: 'xterm-256color'})));
  show('options', clean(child(program, {DEBUG: '*', DEBUG_HIDE_DATE: '1', DEBUG_DEPTH: '0'})));
  show('off', clean(child(program, {})));
});
