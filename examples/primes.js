// SPDX-License-Identifier: MIT
// Counts the primes below a limit on several threads. The threads share two words: which segment of the numbers is to be sieved next,
// and how many primes all have found. Atomics.add is all the coordination there is: who is faster takes more segments.
//
//   ./dev run examples/primes.js [limit] [threads]
'use strict';
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const SEGMENT = 1 << 15;
const NEXT = 0, FOUND = 1; // the shared words

// The primes up to the square root of the limit are enough to sieve every segment.
function primesUpTo(n) {
  const composite = new Uint8Array(n + 1), primes = [];
  for (let i = 2; i <= n; i++) {
    if (composite[i]) continue;
    primes.push(i);
    for (let j = i * i; j <= n; j += i) composite[j] = 1;
  }
  return primes;
}

function countSegment(from, to, primes, composite) {
  composite.fill(0);
  for (const p of primes) {
    if (p * p >= to) break;
    for (let j = Math.max(p * p, Math.ceil(from / p) * p); j < to; j += p) composite[j - from] = 1;
  }
  let count = 0;
  for (let i = Math.max(from, 2); i < to; i++) count += 1 - composite[i - from];
  return count;
}

function work(shared, limit) {
  const primes = primesUpTo(Math.floor(Math.sqrt(limit)));
  const composite = new Uint8Array(SEGMENT);
  for (;;) {
    const from = Atomics.add(shared, NEXT, 1) * SEGMENT;
    if (from >= limit) return;
    Atomics.add(shared, FOUND, countSegment(from, Math.min(from + SEGMENT, limit), primes, composite));
  }
}

if (isMainThread) {
  const limit = Number(process.argv[2] ?? 1_000_000), threads = Number(process.argv[3] ?? 4);
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let running = threads;
  for (let i = 0; i < threads; i++) {
    new Worker(__filename, { workerData: { shared, limit } }).on('exit', () => {
      if (--running === 0) console.log(`${shared[FOUND]} primes below ${limit}`);
    });
  }
} else {
  work(workerData.shared, workerData.limit);
}
