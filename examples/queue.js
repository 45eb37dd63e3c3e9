// SPDX-License-Identifier: MIT
// Three producers and three consumers on a queue with room for eight, made of nothing but shared memory and Atomics (lib/sync.js).
// No message is sent while they work. At the end every number must have come through exactly once.
//
//   ./dev run examples/queue.js
'use strict';
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { BoundedQueue, Mutex } = require('./lib/sync.js');

const PRODUCERS = 3, CONSUMERS = 3, ITEMS = 3000, CAPACITY = 8;

function produce(queue, from) {
  for (let i = from; i < ITEMS; i += PRODUCERS) queue.push(i);
}

function consume(queue, tally, mutex) {
  for (let item; (item = queue.shift()) !== undefined;) {
    mutex.hold(() => { tally[item]++; }); // an ordinary ++ on shared memory: only the mutex makes it right
  }
}

const exitOf = (worker) => new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));

async function main() {
  const shared = {
    queue: new SharedArrayBuffer(BoundedQueue.bytesFor(CAPACITY)),
    tally: new SharedArrayBuffer(ITEMS),
    mutex: new SharedArrayBuffer(Mutex.BYTES),
  };
  const start = (role, from) => exitOf(new Worker(__filename, { workerData: { role, from, ...shared } }));
  const consumers = Array.from({ length: CONSUMERS }, () => start('consumer'));
  const producers = Array.from({ length: PRODUCERS }, (_, i) => start('producer', i));

  await Promise.all(producers);
  new BoundedQueue(shared.queue).close();
  await Promise.all(consumers);

  const tally = new Uint8Array(shared.tally);
  const once = tally.reduce((count, n) => count + (n === 1), 0);
  console.log(`${once} of ${ITEMS} numbers came through exactly once`);
}

if (isMainThread) {
  main();
} else {
  const queue = new BoundedQueue(workerData.queue);
  if (workerData.role === 'producer') produce(queue, workerData.from);
  else consume(queue, new Uint8Array(workerData.tally), new Mutex(workerData.mutex));
}
