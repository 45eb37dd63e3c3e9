// SPDX-License-Identifier: MIT
// timeout: 20
// terminate() reaches workers that wait for shared memory in every way, at once and without their JavaScript going on.
'use strict';
const assert = require('assert');
const { start, until } = require('./lib/workers.js');

const ways = [
  v => { Atomics.add(v, 1, 1); Atomics.wait(v, 0, 0); },
  v => { Atomics.add(v, 1, 1); Atomics.wait(v, 0, 0, 1e8); },
  v => { Atomics.add(v, 1, 1); for (;;) Atomics.wait(v, 0, 0, 0.1); },
  v => { Atomics.add(v, 1, 1); for (;;) Atomics.notify(v, 2); },
  v => { Atomics.add(v, 1, 1); Atomics.waitAsync(v, 0, 0); setInterval(() => {}, 1e6); },
  v => { Atomics.add(v, 1, 1); Atomics.waitAsync(v, 0, 0, 1e8); require('worker_threads').parentPort.on('message', () => {}); },
  v => { Atomics.add(v, 1, 1); (async () => { for (;;) await Atomics.waitAsync(v, 0, 0, 1).value; })(); setInterval(() => {}, 1e6); },
];

(async () => {
  const v = new Int32Array(new SharedArrayBuffer(16));
  for (let round = 0; round < 3; round++) {
    Atomics.store(v, 1, 0);
    const workers = ways.map(way => start(`v => { try { (${way})(v) } finally { Atomics.add(v, 3, 1) } }`, v));
    await until(v, 1, ways.length);
    if (round) await new Promise(resolve => setTimeout(resolve, 20));
    for (const w of workers) assert.strictEqual(await w.terminate(), 1);
    assert.strictEqual(Atomics.notify(v, 0), 0); // nobody is left
  }
  // The three that do not block left their function, each time.
  assert.strictEqual(Atomics.load(v, 3), 9);
})();
