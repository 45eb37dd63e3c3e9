// SPDX-License-Identifier: MIT
// Takes jobs from the queue and does them on worker threads; start as many of these processes, on as many machines, as there is work for.
//
//   weft examples/queue/consumer.js [THREADS]
//
// SIGTERM and SIGINT end it in order: no new jobs, those it has begun are finished, then the threads and the connections go.
'use strict';
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');
const { Worker } = require('bullmq');
const { WorkerPool } = require('../lib/worker_pool.js');
const { QUEUE, connection } = require('./lib/connection.js');

const threads = Number(process.argv[2] ?? os.availableParallelism());
const pool = new WorkerPool(path.join(__dirname, 'lib', 'factor.js'), threads);
const run = promisify(pool.run.bind(pool));

// A job whose process dies is given to another when its lock is older than lockDuration; who lives renews the lock all the time.
const worker = new Worker(QUEUE, async (job) => {
  const { factors, thread } = await run(job.data.n);
  return { factors, thread, pid: process.pid };
}, { connection, concurrency: threads, lockDuration: 1000, stalledInterval: 500, maxStalledCount: 5, drainDelay: 1 });

let done = 0;
worker.on('completed', () => done++);
worker.on('error', (error) => console.error(`consumer ${process.pid}: ${error.message}`));
worker.waitUntilReady().then(() => console.log(`consumer ${process.pid} is ready, ${threads} threads`));

async function shutDown() {
  await worker.close(); // waits for the jobs that are in work
  pool.close();
  console.log(`consumer ${process.pid} ends after ${done} jobs`);
}
process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);
