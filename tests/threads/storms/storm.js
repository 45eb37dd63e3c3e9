// SPDX-License-Identifier: MIT
// timeout: 60
// Storms: isolates that do at random what isolates can do to each other (lib/actor.js), from a seed that is printed.
//   storm.js [--seeds N] [--first SEED] [--abrupt]     N storms, each with its own seed; abrupt: ends the process in the middle of the last one
'use strict';
const { Actor, Tables } = require('./lib/actor.js');
const { threadId } = require('worker_threads');
const { THREAD } = require('./lib/tables.js');

const option = (name, otherwise) => {
  const i = process.argv.indexOf(name);
  return i < 0 ? otherwise : Number(process.argv[i + 1]);
};
const slow = { tsan: 10, asan: 5, 'gc-stress': 20, debug: 3 }[process.env.WEFT_PRESET] ?? 1;
const seeds = option('--seeds', slow > 1 ? 3 : 6), first = option('--first', Date.now() % 1e6);
const abrupt = process.argv.includes('--abrupt'), verbose = process.argv.includes('--verbose');
process.setMaxListeners(0);

function storm(seed) {
  return new Promise((resolve) => {
    process.removeAllListeners('workerMessage');
    const tables = new Tables(), actor = new Actor(tables.takeActor(-1), seed, tables, 0, 40 + (seed % 30));
    tables.set(0, THREAD, threadId);
    const watch = setTimeout(() => {
      console.error(`storm: seed ${seed} does not end`, actor.waiting, [...actor.children].map(({ child }) => [child.id, child.fate, child.killed]));
      process.exit(3);
    }, 20000 * slow);
    actor.onrest = () => {
      clearTimeout(watch);
      resolve(tables);
    };
    actor.run(() => actor.finish());
  });
}

const sums = {};
(async () => {
  for (let seed = first; seed < first + seeds; seed++) {
    if (verbose) console.log('seed', seed);
    if (abrupt && seed === first + seeds - 1) setTimeout(() => process.exit(0), seed % 30);
    process.exitCode = 9; // a storm that nothing keeps alive
    globalThis.seed = seed;
    const tables = await storm(seed);
    process.exitCode = 0;
    for (const name of ['actors', 'channels', 'buffers', 'messages', 'broadcasts', 'mails', 'moves', 'stops', 'stopped', 'late']) {
      sums[name] = (sums[name] ?? 0) + tables.counted(name);
    }
    sums.longest = Math.max(sums.longest ?? 0, tables.counted('longest'));
    if (tables.counted('failed')) process.exit(1);
  }
  if (!abrupt) console.log(`seeds ${first}..${first + seeds - 1}`, JSON.stringify(sums));
})();
process.on('exit', (code) => {
  if (code) console.error('seed', globalThis.seed);
});
