// SPDX-License-Identifier: MIT
// Ten requests share a pool of three workers. Each request has an id in an AsyncLocalStorage; the id is right again where the answer
// arrives, because lib/worker_pool.js makes an AsyncResource of every task.
//
//   ./dev run examples/worker-pool.js
'use strict';
const { AsyncLocalStorage } = require('node:async_hooks');
const { isMainThread, parentPort } = require('node:worker_threads');

if (!isMainThread) {
  // The worker's side: one answer per message.
  const fibonacci = (n) => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
  parentPort.on('message', (n) => {
    if (typeof n !== 'number') throw new TypeError(`not a number: ${n}`);
    parentPort.postMessage(fibonacci(n));
  });
} else {
  const { WorkerPool } = require('./lib/worker_pool.js');
  const pool = new WorkerPool(__filename, 3);
  const request = new AsyncLocalStorage();
  const lines = [];

  const handle = (id, value) => request.run(id, () => {
    pool.run(value, (error, result) => {
      // Nobody has handed `id` on to this callback.
      lines[request.getStore()] = `request ${request.getStore()}: ${error ? error.message : `fibonacci(${value}) = ${result}`}`;
    });
  });

  for (let id = 0; id < 9; id++) handle(id, 10 + id);
  handle(9, 'seven'); // the worker that gets this one dies of it; the pool does not
  pool.close();
  process.on('exit', () => console.log(lines.join('\n')));
}
