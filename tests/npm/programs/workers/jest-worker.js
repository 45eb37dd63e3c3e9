// SPDX-License-Identifier: MIT
// The worker of jest-worker.js.
'use strict';
const {isMainThread} = require('worker_threads');
const {messageParent} = require('jest-worker');
const tasks = require('./tasks.js');

let calls = 0, argument;
module.exports = {
  setup: (...all) => { argument = all; },
  teardown: () => { console.log('teardown'); },
  primes: tasks.primes,
  queens: (n) => tasks.queens(n),
  fail: tasks.fail,
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  throw_value: (value) => { throw value; },
  count: () => ++calls,
  id: () => Number(process.env.JEST_WORKER_ID),
  where: () => [isMainThread, argument, process.env.POOL_TEST],
  echo: (...all) => all,
  sleep: async (ms) => { await tasks.sleep(ms); return ms; },
  say: (text) => { console.log(text); console.error(`${text}!`); return 'said'; },
  tell: (...all) => { for (const value of all) messageParent(value); return all.length; },
  exit: (code) => process.exit(code),
  grow: () => { globalThis.kept = new Array(3e6).fill(1.5); return process.memoryUsage().heapUsed > 2e7; },
  _hidden: () => 1,
};
