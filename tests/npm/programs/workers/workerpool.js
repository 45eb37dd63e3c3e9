// SPDX-License-Identifier: MIT
// The dedicated worker of workerpool.js.
'use strict';
const workerpool = require('workerpool');
const {threadId, isMainThread} = require('worker_threads');
const tasks = require('./tasks.js');

let calls = 0;
workerpool.worker({
  primes: tasks.primes,
  queens: (n) => tasks.queens(n),
  fail: tasks.fail,
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  forever: tasks.forever,
  count: () => ++calls,
  where: () => [isMainThread, typeof threadId, workerpool.isMainThread, process.env.POOL_TEST, process.argv.slice(2)],
  sleep: (ms) => tasks.sleep(ms).then(() => ms),
  scale: (bytes) => { const scaled = tasks.scale(bytes, 5); return new workerpool.Transfer(scaled, [scaled.buffer]); },
  events: (n) => { for (let i = 0; i < n; i++) workerpool.workerEmit({step: i, of: n}); return 'done'; },
  moved_event: (n) => { const bytes = new Uint8Array(n).fill(n); workerpool.workerEmit(new workerpool.Transfer(bytes, [bytes.buffer])); return bytes.length; },
  log: (text) => { console.log(text); console.error(`${text}!`); return tasks.sleep(20); },
  exit: (code) => process.exit(code),
  async abortable() {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, 60000);
      this.worker.addAbortListener(async () => { clearTimeout(timer); resolve(); });
    });
  },
}, {onTerminate: () => tasks.sleep(1)});
