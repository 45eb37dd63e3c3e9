// timeout: 60
// terminate() in every situation: it resolves, quickly, and nothing of the worker runs any more.
'use strict';
const { Worker } = require('worker_threads');
const assert = require('assert');

const situations = {
  'endless loop': 'ready(); for (;;);',
  'loop in finally': 'ready(); try { for (;;); } finally { for (;;); }',
  'loop in catch': 'ready(); for (;;) { try { for (;;); } catch {} }',
  microtasks: 'ready(); (async () => { for (;;) await 0; })()',
  ticks: 'ready(); (function f() { process.nextTick(f); })()',
  immediates: 'ready(); (function f() { setImmediate(f); })()',
  idle: 'require("worker_threads").parentPort.on("message", () => {}); ready();',
  timer: 'setTimeout(() => {}, 1e6); ready();',
  'Atomics.wait': 'ready(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  'regular expression': 'ready(); /^(a+)+\\1c$/.test("a".repeat(40) + "b");',
  sort: 'ready(); const a = Array.from({ length: 1e6 }, Math.random); for (;;) a.sort(() => Math.random() - 0.5);',
  'built-ins': 'ready(); for (;;) Array.from({ length: 1e6 }).fill(1).map((x) => x).join();',
  getter: 'ready(); const o = { get x() { for (;;); } }; JSON.stringify(o);',
  recursion: 'ready(); (function f() { try { f(); } catch { f(); } })()',
  'handlers of exit': 'process.on("exit", () => { for (;;); }); ready(); setTimeout(() => {}, 10)',
  'a worker of its own': 'const { Worker } = require("worker_threads"); new Worker("for (;;);", { eval: true }); ready(); for (;;);',
};

(async () => {
  for (const [name, source] of Object.entries(situations)) {
    const worker = new Worker(`const ready = () => require('worker_threads').parentPort.postMessage('ready'); ${source}`, { eval: true });
    worker.on('error', (e) => assert.fail(`${name}: ${e}`));
    await new Promise((resolve) => worker.once('message', resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    let after = 0;
    worker.on('message', () => after++);
    const exit = new Promise((resolve) => worker.once('exit', resolve));
    const code = await worker.terminate();
    assert.strictEqual(code, 1, name);
    assert.strictEqual(await exit, 1, name);
    assert.strictEqual(after, 0, name);
    assert.strictEqual(await worker.terminate(), undefined);
  }
  // While it starts: it may have begun or not.
  for (let i = 0; i < 20; i++) {
    const worker = new Worker('for (;;);', { eval: true });
    if (i % 2) await new Promise((resolve) => setImmediate(resolve));
    const code = await worker.terminate();
    assert.ok(code === 0 || code === 1, `${code}`);
  }
  // No finally, no handlers.
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(`const { workerData, parentPort } = require('worker_threads');
    process.on('exit', () => Atomics.add(workerData, 0, 1));
    parentPort.postMessage(1);
    try { for (;;); } finally { Atomics.add(workerData, 0, 1); }`, { eval: true, workerData: shared });
  await new Promise((resolve) => worker.once('message', resolve));
  await worker.terminate();
  assert.strictEqual(shared[0], 0);
  // Disposal.
  let ended = false;
  {
    await using disposed = new Worker('setInterval(() => {}, 1000)', { eval: true });
    disposed.on('exit', () => (ended = true));
  }
  assert.strictEqual(ended, true);
})();
