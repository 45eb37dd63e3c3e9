// SPDX-License-Identifier: MIT
// timeout: 120
// flags: --expose-gc
// Many workers, one after the other and at once, that end in all ways: afterwards descriptors, threads, mappings and memory are what they were.
//   workers.js [IN SEQUENCE] [AT ONCE]     10000 10000 for the full run
'use strict';
const { Worker, MessageChannel } = require('worker_threads');
const assert = require('assert');
const fs = require('fs');

const slow = process.env.WEFT_PRESET !== undefined && process.env.WEFT_PRESET !== 'release';
const sequence = Number(process.argv[2] ?? (slow ? 40 : 300)), together = Number(process.argv[3] ?? (slow ? 20 : 200));
const isLinux = process.platform === 'linux';
const once = (emitter, name) => new Promise((resolve) => emitter.once(name, resolve));
const files = (folder) => fs.readdirSync(`/proc/self/${folder}`).length;
const status = (name) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]);
const facts = () => ({
  descriptors: files('fd'), threads: files('task'), mappings: fs.readFileSync('/proc/self/maps', 'utf8').split('\n').length, kilobytes: status('VmRSS'),
});

const source = `const { parentPort, workerData } = require('worker_threads');
const { how, port } = workerData;
parentPort.on('message', (n) => {
  parentPort.postMessage(n + 1);
  if (how === 'close') parentPort.close(), port?.close();
  if (how === 'exit') process.exit(3);
  if (how === 'throw') throw new Error('planned');
  if (how === 'loop') for (;;);
  if (how === 'file') require('fs').readFile(__filename === '[worker eval]' ? '/proc/self/status' : __filename, () => parentPort.close());
});
port?.on('message', (b) => port.postMessage(b, [b]));
new Int32Array(new SharedArrayBuffer(64));`;
const WAYS = ['close', 'exit', 'throw', 'loop', 'kill', 'file'], CODES = { close: 0, exit: 3, throw: 1, loop: 1, kill: 1, file: 0 };

function start(how) {
  const { port1, port2 } = how === 'kill' || how === 'close' ? new MessageChannel() : {};
  const worker = new Worker(source, { eval: true, workerData: { how, port: port2 }, transferList: port2 ? [port2] : [] });
  worker.on('error', (e) => assert.strictEqual(e.message, 'planned'));
  const exit = once(worker, 'exit');
  return { worker, how, exit, port: port1 };
}
let longest = 0;
async function finish({ worker, how, exit, port }) {
  if (how === 'loop' || how === 'kill') {
    const begin = performance.now();
    assert.strictEqual(await worker.terminate(), 1);
    longest = Math.max(longest, performance.now() - begin);
  }
  assert.strictEqual(await exit, CODES[how]);
  port?.close();
}
async function one(how) {
  const w = start(how);
  if (w.port) {
    const buffer = new ArrayBuffer(1000), answer = once(w.port, 'message');
    w.port.postMessage(buffer, [buffer]);
    assert.strictEqual((await answer).byteLength, 1000);
  }
  w.worker.postMessage(1);
  assert.strictEqual(await once(w.worker, 'message'), 2);
  await finish(w);
}
async function all(number) {
  const begin = performance.now(), workers = Array.from({ length: number }, () => start('kill'));
  const answers = workers.map((w) => once(w.worker, 'message'));
  for (const w of workers) w.worker.postMessage(41);
  for (const answer of answers) assert.strictEqual(await answer, 42);
  const seconds = (performance.now() - begin) / 1000, alive = facts();
  await Promise.all(workers.map(finish));
  return { seconds, alive };
}
const settle = async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    globalThis.gc?.();
  }
};

(async () => {
  for (let i = 0; i < 3 * WAYS.length; i++) await one(WAYS[i % WAYS.length]);
  await all(Math.min(together, 20));
  await settle();
  const before = isLinux ? facts() : {};
  for (let i = 0; i < sequence; i++) await one(WAYS[i % WAYS.length]);
  await settle();
  const middle = isLinux ? facts() : {};
  const { seconds, alive } = await all(together);
  await settle();
  const after = isLinux ? facts() : {};
  if (process.argv[2]) console.log(JSON.stringify({ before, middle, alive, after, seconds, longest }, null, 1));
  if (!isLinux) return;
  for (const then of [middle, after]) {
    assert.strictEqual(then.descriptors, before.descriptors, 'descriptors');
    assert.strictEqual(then.threads, before.threads, 'threads');
    if (slow) continue; // sanitizers keep memory of their own
    // A crowd leaves holes: about a megabyte in each arena of the C library, and some kilobytes for each worker in the parent's.
    assert.ok(then.mappings <= before.mappings + 40, `mappings: ${then.mappings}, before ${before.mappings}`);
    assert.ok(then.kilobytes <= before.kilobytes + 24576 + together * 12, `memory: ${then.kilobytes} KB, before ${before.kilobytes} KB`);
  }
})();
