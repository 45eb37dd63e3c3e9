// SPDX-License-Identifier: MIT
// The worker of piscina.js: named functions, and a default that answers what it was asked.
'use strict';
const {isMainThread, workerData, threadId} = require('worker_threads');
const {getEnvironmentData} = require('worker_threads');
const {AsyncResource} = require('async_hooks');
const Piscina = require('piscina');
const tasks = require('./tasks.js');

let calls = 0;
module.exports = (task) => ({task, main: isMainThread, data: workerData === undefined ? undefined : Piscina.workerData});
Object.assign(module.exports, {
  primes: tasks.primes,
  collatz: tasks.collatz,
  queens: (n) => tasks.queens(n),
  fail: tasks.fail,
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  forever: tasks.forever,
  hang: () => new Promise((resolve) => { setInterval(() => {}, 1000, resolve); }),
  exit: (code) => process.exit(code),
  count: () => ++calls,
  which: async (ms) => { await tasks.sleep(ms); return threadId; },
  scale: (bytes) => Piscina.move(tasks.scale(bytes, 3)),
  buffer: (size) => Piscina.move(new Uint8Array(size).fill(7).buffer),
  own_transferable: (size) => {
    const values = new Uint16Array(size).map((_, i) => i * i);
    return Piscina.move({get [Piscina.transferableSymbol]() { return [values.buffer]; }, get [Piscina.valueSymbol]() { return {values, size}; }});
  },
  add_shared: ({counter, times}) => { for (let i = 0; i < times; i++) Atomics.add(counter, 0, 1); },
  environment: () => ({argv: process.argv.slice(2), env: process.env.POOL_TEST, data: Piscina.workerData, is: Piscina.isWorkerThread, key: getEnvironmentData('pools'), resource: typeof AsyncResource}),
  uncloneable: () => () => 1,
  allocate: () => { const all = []; for (;;) all.push({number: all.length, list: [1]}); },
  message: (value) => { require('worker_threads').parentPort.postMessage(value); return 'sent'; },
});
