// SPDX-License-Identifier: MIT
// The work: the factors of a number by trial division. A worker that answers messages, for examples/lib/worker_pool.js.
'use strict';
const { parentPort, threadId } = require('node:worker_threads');

function factor(n) {
  const factors = [];
  for (let d = 2; d * d <= n; d += d === 2 ? 1 : 2) {
    for (; n % d === 0; n /= d) factors.push(d);
  }
  if (n > 1) factors.push(n);
  return factors;
}

parentPort.on('message', (n) => {
  if (!Number.isSafeInteger(n) || n < 2) throw new RangeError(`cannot factor ${n}`);
  parentPort.postMessage({ factors: factor(n), thread: threadId });
});
