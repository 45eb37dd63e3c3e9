// SPDX-License-Identifier: MIT
// minimist, on many command lines with many options, and its own tests, for which a small tape is here.
// entries: cjs esm
'use strict';
const fs = require('fs');
const path = require('path');
const Module = require('module');
const {run, show, sweep} = require('./lib/harness.js');
const {MODULES} = require('./lib/inputs.js');

const LINES = ['-a -b value --long --key=value --no-flag -xyz -n5 -n 6 --n=7 rest more', '--a.b.c 1 --a.b.d=2 --a.e x', '-- --not -an option', '--bool true --bool2 false --str', '-abc=def -x=1',
  '--multi 1 --multi 2 --multi 3', '-1 -2.5 --num 0x1F --exp 1e3 --neg -7', '--empty= --space "a b"', '-f file.txt -vvv', '--__proto__.polluted 1 --constructor.prototype.x 2', 'a b -- c d', '--foo-bar --fooBar=1', '--=x - -- -', '-Dname=value -I/usr/include'];
const OPTIONS = [{}, {boolean: true}, {boolean: ['a', 'bool', 'v'], string: ['str', 'n']}, {alias: {a: ['alpha', 'al'], n: 'num', key: 'k'}}, {default: {a: 9, missing: 'd', 'x.y': 1}},
  {stopEarly: true}, {'--': true}, {string: '_'}, {unknown: (arg) => arg.startsWith('-') && !arg.includes('n')}, {boolean: 'multi', alias: {multi: 'm'}, default: {multi: null}}];

// assert.deepEqual and friends, printed instead of judged: the expectation file judges.
function tape(lines) {
  return function test(name, options, body) {
    const log = (kind) => (actual, expected, text) => lines.push(`${name}: ${kind} ${JSON.stringify(actual)} ${JSON.stringify(expected)} ${text || ''}`);
    const t = {plan() {}, end() {}, skip() {}, deepEqual: log('deepEqual'), equal: log('equal'), same: log('same'), notEqual: log('notEqual'), ok: log('ok'), notOk: log('notOk'), is: log('is'),
      teardown() {}, 'throws'(f) { try { f(); lines.push('no throw'); } catch (error) { lines.push(error.name); } }};
    (body || options)(t);
  };
}

run('minimist', (minimist) => {
  for (const line of LINES) {
    const words = line.match(/"[^"]*"|\S+/g).map((word) => word.replace(/"/g, ''));
    sweep(line, OPTIONS.map((options) => [options]), (options) => minimist(words, options));
    show(line, minimist(words));
  }
  const folder = path.join(MODULES, 'minimist/test');
  for (const name of fs.readdirSync(folder).sort()) {
    const lines = [], file = path.join(folder, name);
    const load = Module.createRequire(file);
    const source = fs.readFileSync(file, 'utf8');
    new Function('require', 'module', 'exports', source)((id) => (id === 'tape' ? tape(lines) : load(id)), {}, {});
    lines.forEach((line, i) => show(`${name} ${i}`, line));
  }
});
