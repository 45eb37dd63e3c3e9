// SPDX-License-Identifier: MIT
// An ES module as a worker of synckit.js.
import {setTimeout} from 'node:timers/promises';
import {runAsWorker} from 'synckit';

runAsWorker(async (a, b) => {
  await setTimeout(2);
  return {sum: a + b, url: import.meta.url.slice(-11)};
});
