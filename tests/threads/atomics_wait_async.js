// SPDX-License-Identifier: MIT
// timeout: 20
// Atomics.waitAsync: notified by other threads, in order with threads that block; it keeps no loop alive; threads that end forget it.
'use strict';
const assert = require('assert');
const { start, until } = require('./lib/workers.js');

async function fromElsewhere() {
  const v = new Int32Array(new SharedArrayBuffer(16));
  const waits = [Atomics.waitAsync(v, 0, 0), Atomics.waitAsync(v, 0, 0, 1e6), Atomics.waitAsync(v, 0, 0)];
  assert.ok(waits.every(w => w.async && w.value instanceof Promise));
  const w = start((v, port) => {
    port.postMessage([Atomics.notify(v, 0, 2), Atomics.notify(v, 1)]);
    port.once('message', () => port.postMessage(Atomics.notify(v, 0)));
  }, v);
  assert.deepStrictEqual(await w.next(), [2, 0]);
  assert.strictEqual(await waits[0].value, 'ok');
  assert.strictEqual(await waits[1].value, 'ok');
  assert.strictEqual(await Promise.race([waits[2].value, new Promise(r => setTimeout(r, 30, 'waits'))]), 'waits');
  w.postMessage(0);
  assert.strictEqual(await w.next(), 1);
  assert.strictEqual(await waits[2].value, 'ok');
  assert.strictEqual(await w.ended, 0);
}

// A worker that waits for ever in both ways: first come, first served; and the worker's end takes its waits along.
async function mixed() {
  const v = new Int32Array(new SharedArrayBuffer(16));
  const w = start((v, port) => {
    Atomics.waitAsync(v, 0, 0).value.then(x => port.postMessage('async ' + x));
    port.postMessage('asks');
    port.postMessage('wait ' + Atomics.wait(v, 0, 0));
    port.on('message', () => port.close());
    Atomics.waitAsync(v, 0, 0);
    Atomics.waitAsync(v, 0, 0, 1e6);
    port.postMessage('again');
  }, v);
  const seen = [];
  w.on('message', m => seen.push(m));
  while (seen.length < 1) await new Promise(r => setTimeout(r, 5));
  let woken = 0;
  while (woken < 2) woken += Atomics.notify(v, 0, 2 - woken);
  while (seen.length < 4) await new Promise(r => setTimeout(r, 5));
  assert.deepStrictEqual(seen.slice(0, 2), ['asks', 'wait ok']);
  assert.deepStrictEqual(seen.slice(2).sort(), ['again', 'async ok']);
  w.postMessage('end');
  assert.strictEqual(await w.ended, 0);
  assert.strictEqual(Atomics.notify(v, 0), 0);
}

async function here() {
  const v = new Int32Array(new SharedArrayBuffer(16));
  const log = [];
  const first = Atomics.waitAsync(v, 0, 0).value.then(x => log.push(x));
  log.push(Atomics.notify(v, 0));
  Promise.resolve().then(() => log.push('job'));
  await first;
  assert.deepStrictEqual(log, [1, 'job', 'ok']);
  const before = performance.now(), late = Atomics.waitAsync(v, 0, 0, 40), alive = setTimeout(() => {}, 10000);
  assert.strictEqual(await late.value, 'timed-out');
  assert.ok(performance.now() - before >= 39);
  clearTimeout(alive);
  const many = Array.from({ length: 2000 }, (_, i) => Atomics.waitAsync(v, i % 4, 0).value);
  for (let i = 0; i < 4; i++) assert.strictEqual(Atomics.notify(v, i), 500);
  assert.ok((await Promise.all(many)).every(x => x === 'ok'));
}

// Nothing of this keeps the program.
function forgotten() {
  const v = new Int32Array(new SharedArrayBuffer(16));
  for (const rest of [[], [1e7], [20000]]) Atomics.waitAsync(v, 0, 0, ...rest).value.then(() => assert.fail());
}

(async () => {
  await fromElsewhere();
  await mixed();
  await here();
  forgotten();
  console.log('done');
})();
