// SPDX-License-Identifier: MIT
// timeout: 20
// Atomics.wait and notify between threads: order, counts, places, both widths, the main thread, and what programs build of them.
'use strict';
const assert = require('assert');
const { start, until } = require('./lib/workers.js');

const pause = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

async function order() {
  const v = new Int32Array(new SharedArrayBuffer(64)), workers = [];
  for (let i = 0; i < 4; i++) {
    workers.push(start((v, port) => {
      Atomics.add(v, 1, 1);
      port.postMessage(Atomics.wait(v, 0, 0));
      Atomics.store(v, 3 + Atomics.add(v, 2, 1), require('worker_threads').threadId);
    }, v));
    await until(v, 1, i + 1);
    pause(50); // it has said that it is about to wait
  }
  const ids = workers.map(w => w.threadId), answers = workers.map(w => w.next());
  assert.strictEqual(Atomics.notify(v, 1), 0);
  assert.strictEqual(Atomics.notify(v, 0, 0), 0);
  for (let i = 0; i < 2; i++) {
    assert.strictEqual(Atomics.notify(v, 0, 1), 1);
    await until(v, 2, i + 1);
  }
  assert.strictEqual(Atomics.notify(v, 0), 2);
  assert.deepStrictEqual(await Promise.all(answers), ['ok', 'ok', 'ok', 'ok']);
  await Promise.all(workers.map(w => w.ended));
  assert.deepStrictEqual([v[3], v[4]], ids.slice(0, 2));
  assert.deepStrictEqual([v[5], v[6]].sort(), ids.slice(2).sort());
  assert.strictEqual(Atomics.notify(v, 0), 0);
}

// The main thread waits for a worker, on 64 bits, at another offset than the worker sees.
async function main() {
  const sab = new SharedArrayBuffer(64), v = new BigInt64Array(sab, 16, 2);
  const w = start(sab => {
    const v = new BigInt64Array(sab);
    while (!Atomics.notify(v, 3, 1)); // insists on waking somebody
    Atomics.store(v, 3, 2n ** 63n - 1n);
    Atomics.notify(v, 3, 1);
  }, sab);
  assert.strictEqual(Atomics.wait(v, 1, 0n), 'ok');
  while (Atomics.load(v, 1) === 0n) Atomics.wait(v, 1, 0n);
  assert.strictEqual(v[1], 2n ** 63n - 1n);
  assert.strictEqual(Atomics.wait(v, 1, 0n), 'not-equal');
  assert.strictEqual(await w.ended, 0);
}

function timeouts() {
  const v = new Int32Array(new SharedArrayBuffer(8));
  for (const ms of [0, -1, 1, 2.5, 20]) {
    const before = performance.now();
    assert.strictEqual(Atomics.wait(v, 0, 0, ms), 'timed-out');
    const passed = performance.now() - before;
    assert.ok(passed >= Math.max(ms, 0) - 0.5 && passed < ms + 5000, `${ms}: ${passed}`);
  }
  assert.strictEqual(Atomics.wait(v, 0, 1), 'not-equal');
  assert.strictEqual(Atomics.wait(v, 0, 1, 0), 'not-equal');
  assert.throws(() => Atomics.wait(new Int32Array(8), 0, 0), TypeError);
  assert.throws(() => Atomics.wait(new Uint32Array(v.buffer), 0, 0), TypeError);
  assert.strictEqual(Atomics.notify(new Int32Array(8), 0), 0);
}

// A mutex, a bounded queue under it with two conditions; every number goes through once.
const LOCK = 0, COUNT = 4, LEFT = 5;
function queueWorker({ v, produce, numbers }, port) {
  const [LOCK, NOT_EMPTY, NOT_FULL, HEAD, COUNT, LEFT, SLOTS, CAPACITY] = [0, 1, 2, 3, 4, 5, 8, 4];
  function lock() {
    if (Atomics.compareExchange(v, LOCK, 0, 1) === 0) return;
    while (Atomics.exchange(v, LOCK, 2) !== 0) Atomics.wait(v, LOCK, 2);
  }
  function unlock() {
    if (Atomics.exchange(v, LOCK, 0) === 2) Atomics.notify(v, LOCK, 1);
  }
  function wait(condition) {
    const seen = Atomics.load(v, condition);
    unlock();
    Atomics.wait(v, condition, seen);
    lock();
  }
  function signal(condition) {
    Atomics.add(v, condition, 1);
    Atomics.notify(v, condition, 1);
  }
  let sum = 0;
  for (;;) {
    lock();
    if (produce) {
      if (!numbers) return unlock(), port.postMessage(0);
      while (v[COUNT] === CAPACITY) wait(NOT_FULL);
      v[SLOTS + (v[HEAD] + v[COUNT]++) % CAPACITY] = numbers--;
      signal(NOT_EMPTY);
    } else {
      while (v[COUNT] === 0 && v[LEFT] > 0) wait(NOT_EMPTY);
      if (v[LEFT] === 0) {
        Atomics.add(v, NOT_EMPTY, 1);
        Atomics.notify(v, NOT_EMPTY);
        return unlock(), port.postMessage(sum);
      }
      sum += v[SLOTS + v[HEAD]];
      v[HEAD] = (v[HEAD] + 1) % CAPACITY, v[COUNT]--, v[LEFT]--;
      signal(NOT_FULL);
    }
    unlock();
  }
}

async function queue() {
  const v = new Int32Array(new SharedArrayBuffer(64)), numbers = 1500;
  v[LEFT] = 2 * numbers;
  const workers = [true, true, false, false].map(produce => start(queueWorker, { v, produce, numbers }));
  const sums = await Promise.all(workers.map(w => w.next()));
  assert.strictEqual(sums.reduce((a, b) => a + b), numbers * (numbers + 1));
  assert.deepStrictEqual([v[LOCK], v[COUNT], v[LEFT]], [0, 0, 0]);
}

(async () => {
  timeouts();
  await order();
  await main();
  await queue();
})();
