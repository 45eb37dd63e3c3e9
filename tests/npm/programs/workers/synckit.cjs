// SPDX-License-Identifier: MIT
// The worker of synckit.js: its promises are waited for by the other thread.
'use strict';
const {runAsWorker} = require('synckit');
const tasks = require('./tasks.js');

let calls = 0;
const functions = {
  primes: async (n) => { await tasks.sleep(1); return tasks.primes(n); },
  fail: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  throw_value: async (value) => { throw value; },
  reject_with_facts: async () => { throw Object.assign(new TypeError('with facts'), {code: 'E_FACTS', list: [1, {a: 2}], map: new Map([[1, 2]])}); },
  count: () => ++calls,
  echo: (...all) => all,
  sleep: (ms) => tasks.sleep(ms).then(() => ms),
  say: (text) => { console.log(`worker says ${text}`); console.error('on stderr'); return process.stdout.write('more\n'); },
  scale: (bytes) => tasks.scale(bytes, 2),
  shims: () => [typeof globalThis.shimmed, process.env.SYNC_TEST, process.execArgv.length >= 0],
};
runAsWorker((name, ...all) => functions[name](...all));
