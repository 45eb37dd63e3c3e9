// SPDX-License-Identifier: MIT
// synckit: asynchronous functions of workers called synchronously, their errors, outputs, time limits, shims and options.
// entries: cjs esm
'use strict';
const {run, show, text_of} = require('./lib/harness.js');
const path = require('path');

const worker = path.join(__dirname, 'workers', 'synckit.cjs');
const facts = (error) => (error instanceof Error ? `${error.constructor.name} ${error.name} ${error.code} ${error.message} ${text_of({...error, stack: undefined})}` : `thrown ${text_of(error)}`);
const caught = (f) => {
  try {
    return `no error: ${text_of(f())}`;
  } catch (error) {
    return facts(error);
  }
};

run('synckit', (synckit) => {
  const {createSyncFn, runAsWorker, extractProperties, isFile} = synckit;
  show('exports', Object.keys(synckit).filter((k) => k !== 'default' && k !== 'module.exports').sort());
  const call = createSyncFn(worker);
  show('primes', [10, 1000, 20000].map((n) => call('primes', n)));
  show('echo', call('echo', 1, 'text', [2n], new Map([[1, new Set([2])]]), new Date(0), {a: {b: undefined}}, /x/g, new Uint8Array([1]), -0, NaN, null, undefined));
  const order = [];
  queueMicrotask(() => order.push('microtask'));
  for (let i = 0; i < 50; i++) order.push(call('count'));
  show('in order, nothing between', order.every((n, i) => n === i + 1));
  for (const kind of ['type', 'range', 'custom', 'code', 'cause', 'node', 'file', 'other']) show(`fail ${kind}`, caught(() => call('fail', kind)));
  for (const value of ['text', 5, null, {a: 1}]) show(`throws ${text_of(value)}`, caught(() => call('throw_value', value)));
  show('facts', caught(() => call('reject_with_facts')));
  show('no such function', caught(() => call('missing')).split(' ')[0]);
  show('goes on', call('count'));
  show('says', call('say', 'hello'));
  show('bytes', call('scale', new Uint8Array([1, 2, 100])));
  show('same function', createSyncFn(worker) === call);
  show('uncloneable', caught(() => call('echo', () => 1)));

  const modules = createSyncFn(path.join(__dirname, 'workers', 'synckit.mjs'));
  show('module', [modules(1, 2), modules('a', 'b')]);
  show('as a URL', createSyncFn(new URL(`file://${path.join(__dirname, 'workers', 'synckit.mjs')}`))(3, 4));
  show('relative', caught(() => createSyncFn('./relative.js')));
  show('helpers', [extractProperties(Object.assign(new Error('x'), {code: 1})), isFile(worker), isFile(__dirname), typeof runAsWorker]);
});
