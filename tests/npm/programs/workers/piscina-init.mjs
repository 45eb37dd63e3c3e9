// SPDX-License-Identifier: MIT
// An ES module as a worker of piscina.js, whose function exists only after a while.
import {setTimeout} from 'node:timers/promises';
import {isWorkerThread, workerData} from 'piscina';

async function initialize() {
  await setTimeout(5);
  return async (n) => ({sum: n + 1, url: import.meta.url.slice(-16), isWorkerThread, workerData});
}

export default initialize();
export const double = (n) => n * 2;
