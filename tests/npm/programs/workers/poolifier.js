// SPDX-License-Identifier: MIT
// The worker of poolifier.js, as a thread and as a process of a cluster.
'use strict';
const {ThreadWorker, ClusterWorker, KillBehaviors} = require('poolifier');
const {isMainThread, threadId} = require('worker_threads');
const tasks = require('./tasks.js');

let calls = 0;
const functions = {
  echo: (data) => ({data, thread: isMainThread ? 'process' : 'thread'}),
  primes: (n) => tasks.primes(n),
  queens: {taskFunction: (n) => tasks.queens(n), priority: 5},
  later: async (ms) => { await tasks.sleep(ms); return ms; },
  fail: (kind) => tasks.fail(kind),
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  count: () => ++calls,
  which: () => (isMainThread ? process.pid : threadId),
  scale: (bytes) => tasks.scale(bytes, 4),
};
const Worker = isMainThread ? ClusterWorker : ThreadWorker;
module.exports = new Worker(functions, {killBehavior: KillBehaviors.HARD, maxInactiveTime: 60000});
