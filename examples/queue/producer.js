// SPDX-License-Identifier: MIT
// Puts numbers into the queue, waits for their factors, and checks them: it has made each number of two primes.
//
//   weft examples/queue/producer.js [COUNT]
'use strict';
const { Queue, QueueEvents } = require('bullmq');
const { QUEUE, connection } = require('./lib/connection.js');

const count = Number(process.argv[2] ?? 100);
const PRIMES = [4000037, 4000039, 4000043, 4000063, 4000067, 4000079, 4000081, 4000093, 4000133, 4000153];

(async () => {
  const queue = new Queue(QUEUE, { connection }), events = new QueueEvents(QUEUE, { connection });
  await events.waitUntilReady();
  const left = new Map(), byConsumer = new Map();
  let wrong = 0, repeated = 0;
  const finished = new Promise((resolve) => {
    events.on('completed', ({ jobId, returnvalue }) => {
      const expected = left.get(jobId);
      if (expected === undefined) return void repeated++;
      const { factors, pid } = typeof returnvalue === 'string' ? JSON.parse(returnvalue) : returnvalue;
      if (String(factors) !== String(expected)) wrong++;
      byConsumer.set(pid, (byConsumer.get(pid) ?? 0) + 1);
      left.delete(jobId);
      if (left.size === 0) resolve();
    });
    events.on('failed', ({ jobId, failedReason }) => {
      console.error(`job ${jobId} failed: ${failedReason}`);
      wrong++;
      left.delete(jobId);
      if (left.size === 0) resolve();
    });
  });
  const run = `${process.pid}-${Date.now()}`;
  const jobs = Array.from({ length: count }, (_, i) => {
    const pair = [PRIMES[i % PRIMES.length], PRIMES[Math.floor(i / PRIMES.length) % PRIMES.length]].sort((a, b) => a - b);
    left.set(`${run}-${i}`, pair);
    return { name: 'number', data: { n: pair[0] * pair[1] }, opts: { jobId: `${run}-${i}`, removeOnComplete: true, removeOnFail: true, attempts: 3 } };
  });
  await queue.addBulk(jobs); // all in one round trip
  console.log(`${count} numbers are in the queue`);
  await finished;
  console.log(`${count} answers, ${wrong} wrong, ${repeated} twice, from ${byConsumer.size} consumers`);
  await events.close();
  await queue.close();
  if (wrong > 0) process.exitCode = 1;
})();
