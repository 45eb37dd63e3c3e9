// SPDX-License-Identifier: MIT
// The heavy work: counting primes by trial division. Loaded by the server, which may call it; started as a worker, it answers messages.
'use strict';
const { isMainThread, parentPort } = require('node:worker_threads');

function countPrimes(below) {
  let count = 0;
  for (let n = 2; n < below; n++) {
    let isPrime = true;
    for (let d = 2; isPrime && d * d <= n; d++) isPrime = n % d !== 0;
    if (isPrime) count++;
  }
  return count;
}

if (!isMainThread) parentPort.on('message', (below) => parentPort.postMessage(countPrimes(below)));

module.exports = { countPrimes };
