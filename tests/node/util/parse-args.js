// util.parseArgs: many command lines with several settings, and its complaints about wrong declarations.
'use strict';
const { parseArgs, inspect } = require('util');

const options = { a: { type: 'string', short: 'a' }, b: { type: 'boolean', short: 'b' }, c: { type: 'boolean', short: 'c', default: true },
  m: { type: 'string', multiple: true, short: 'm' }, d: { type: 'string', default: 'dd' }, mb: { type: 'boolean', multiple: true } };
const lines = [[], ['-a', '1'], ['-a1'], ['--a=1'], ['--a', '1', 'x', 'y'], ['-bc'], ['-bca', 'v'], ['-bcav'], ['--b', '--', '--a', 'q'], ['-m', '1', '-m', '2', '--m=3'],
  ['--no-b'], ['--no-a'], ['--no-c', '--b'], ['-z'], ['--zz=1'], ['--zz', '1'], ['-a', '-b'], ['--a'], ['--b=1'], ['-'], ['--'], ['--a='], ['-ab'], ['-mb'], ['--mb', '--mb'],
  ['p1', '-b', 'p2', '--', '-b'], ['-a=1'], ['--no-b=1']];
function show(config) {
  try {
    console.log(inspect(parseArgs(config), { depth: 5, breakLength: 200 }));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
for (const args of lines) {
  console.log(`-- ${args.join(' ')}`);
  for (const settings of [{}, { strict: false }, { tokens: true, allowPositionals: true }, { allowNegative: true }]) {
    show({ args, options, ...settings });
  }
}
for (const config of [{ options: { a: {} } }, { options: { a: 1 } }, { options: { a: { type: 'x' } } }, { options: { a: { type: 'string', short: 'xx' } } },
  { options: { a: { type: 'string', default: 1 } } }, { options: { a: { type: 'string', multiple: true, default: 'q' } } }, { args: 1 }, { strict: 1 },
  { options: { a: { type: 'boolean', multiple: 1 } } }]) show(config);
