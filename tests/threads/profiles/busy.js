// A worker answers while it computes, waits or sleeps: figures by interrupt.
'use strict';
const assert = require('assert');
const { Worker } = require('worker_threads');

const states = {
  computes: 'for (;;);',
  'runs microtasks': 'const f = () => queueMicrotask(f); f();',
  matches: "/^(a+)+$/.test('a'.repeat(5000) + 'b'); for (;;);",
  sorts: 'new Array(100000).fill(0).sort(() => { for (;;); });',
  waits: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  sleeps: 'setInterval(() => {}, 100000);',
  'waits for messages': "require('worker_threads').parentPort.on('message', () => {});",
};

async function ask(name, source) {
  const worker = new Worker(`const kept = new Array(1e5).fill().map(() => ({}));\n${source}`, { eval: true });
  await new Promise((resolve) => worker.on('online', resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const answers = await Promise.all(Array.from({ length: 20 }, () => [worker.getHeapStatistics(), worker.cpuUsage()]).flat());
  for (let i = 0; i < answers.length; i += 2) {
    assert.deepStrictEqual(Object.keys(answers[i]), Object.keys(require('v8').getHeapStatistics()), name);
    assert(answers[i].used_heap_size > 0 && answers[i].total_heap_size >= answers[i].used_heap_size);
    assert.deepStrictEqual(Object.keys(answers[i + 1]), ['user', 'system']);
  }
  const before = await worker.cpuUsage();
  const difference = await worker.cpuUsage(before);
  assert(difference.user >= 0 && difference.user < 10e6 && difference.system >= 0, name);
  const last = [worker.getHeapStatistics(), worker.cpuUsage()];
  worker.terminate();
  for (const result of await Promise.allSettled(last)) {
    assert(result.status === 'fulfilled' || result.reason.code === 'ERR_WORKER_NOT_RUNNING', name);
  }
  await worker.terminate();
  await assert.rejects(worker.getHeapStatistics(), { code: 'ERR_WORKER_NOT_RUNNING' });
}

(async () => {
  for (const [name, source] of Object.entries(states)) await ask(name, source);
  // The processor time is the thread's own.
  const busy = new Worker('for (let end = Date.now() + 1e6; Date.now() < end;);', { eval: true });
  const idle = new Worker('setInterval(() => {}, 100000);', { eval: true });
  await Promise.all([busy, idle].map((worker) => new Promise((resolve) => worker.on('online', resolve))));
  const mine = process.threadCpuUsage(), start = [await busy.cpuUsage(), await idle.cpuUsage()];
  await new Promise((resolve) => setTimeout(resolve, 200));
  const [spun, slept] = [await busy.cpuUsage(start[0]), await idle.cpuUsage(start[1])];
  assert(spun.user > 3 * (slept.user + slept.system), `${spun.user} ${slept.user}`);
  assert(process.threadCpuUsage(mine).user < spun.user);
  await busy.terminate();
  await idle.terminate();
})();
