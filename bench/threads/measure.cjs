// SPDX-License-Identifier: MIT
// Figures of worker threads: `measure.cjs NAME [NUMBER]` measures one and prints `NAME VALUE UNIT`. Node's API only, so that Node and Bun
// run it as well. Each figure has a process of its own (lib/threads.py).
'use strict';
const { Worker, MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { readFileSync, readdirSync } = require('fs');
const path = require('path');

const workerFile = path.join(__dirname, 'worker.cjs');
const start = (job, extra) => new Worker(workerFile, { workerData: { job, ...extra } });
const once = (worker, event) => new Promise((resolve) => worker.once(event, resolve));
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const rss = () => process.memoryUsage().rss;

async function firstMessage() {
  const times = [];
  for (let i = 0; i < 40; i++) {
    const begin = performance.now();
    const worker = start('hello');
    await once(worker, 'message');
    times.push(performance.now() - begin);
    await worker.terminate();
  }
  return [median(times.slice(5)), 'ms'];
}

async function perSecond(number = 300) {
  let left = number;
  async function lane() {
    while (left-- > 0) {
      const worker = start('echo-once');
      worker.postMessage(1);
      await once(worker, 'exit');
    }
  }
  const begin = performance.now();
  await Promise.all([lane(), lane()]);
  return [number / (performance.now() - begin) * 1000, 'workers/s'];
}

const maps = () => readFileSync('/proc/self/maps', 'utf8').split('\n').length;
const descriptors = () => readdirSync('/proc/self/fd').length;

async function idle(number, what, unit) {
  const first = start('wait');
  await once(first, 'message');
  const before = what();
  const workers = [];
  for (let i = 0; i < number; i++) workers.push(start('wait'));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return [(what() - before) / number, unit];
}

async function alive(number = 1000) {
  const begin = performance.now();
  const workers = [];
  let answers = 0;
  await new Promise((resolve, reject) => {
    for (let i = 0; i < number; i++) {
      const worker = start('wait');
      worker.on('error', reject);
      worker.on('message', (m) => {
        if (m === 'ready') worker.postMessage('ping');
        else if (++answers === number) resolve();
      });
      workers.push(worker);
    }
  });
  const seconds = (performance.now() - begin) / 1000;
  return [seconds, `s for ${number} workers, ${(rss() / 1e9).toFixed(2)} GB`];
}

async function pingPong(number = 40000) {
  const worker = start('echo');
  await once(worker, 'message');
  let left = number;
  const begin = performance.now();
  await new Promise((resolve) => {
    worker.on('message', (m) => (--left === 0 ? resolve() : worker.postMessage(m)));
    worker.postMessage({ id: 1, text: 'ping', flag: true });
  });
  return [number / (performance.now() - begin) * 1000, 'round trips/s'];
}

async function oneWay(number = 400000) {
  const worker = start('count', { number });
  await once(worker, 'message');
  const begin = performance.now();
  const done = once(worker, 'message');
  for (let i = 0; i < number; i++) worker.postMessage({ id: i, text: 'ping', flag: true });
  await done;
  return [number / (performance.now() - begin) * 1000, 'messages/s'];
}

async function postReceive(number = 100000) {
  const { port1, port2 } = new MessageChannel();
  const best = [];
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    for (let i = 0; i < number; i++) port1.postMessage({ id: i, name: 'name', flag: true });
    let got = 0;
    while (receiveMessageOnPort(port2)) got++;
    if (got !== number) throw new Error('lost');
    best.push(performance.now() - begin);
  }
  port1.close();
  return [Math.min(...best), 'ms'];
}

async function clone(number = 100000) {
  const objects = Array.from({ length: number }, (_, id) => ({ id, name: 'name', flag: true }));
  const best = [];
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    for (let i = 0; i < number; i++) structuredClone(objects[i]);
    best.push(performance.now() - begin);
  }
  return [Math.min(...best), 'ms'];
}

async function post(make, transfer, rounds = 15) {
  const worker = start('swallow');
  await once(worker, 'message');
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const value = make();
    const begin = performance.now();
    worker.postMessage(value, transfer ? [value] : []);
    times.push(performance.now() - begin);
    await once(worker, 'message');
  }
  return [median(times), 'ms'];
}
const text = 'abcdefgh'.repeat(250000);
const copied = new ArrayBuffer(64 << 20);
new Uint8Array(copied).fill(1);

async function atomics(number = 40000) {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = start('atomics', { shared, number });
  await once(worker, 'message');
  const begin = performance.now();
  for (let i = 0; i < number; i++) {
    Atomics.store(shared, 0, 1);
    Atomics.notify(shared, 0);
    while (Atomics.load(shared, 1) !== i + 1) Atomics.wait(shared, 1, i);
  }
  return [number / (performance.now() - begin) * 1000, 'round trips/s'];
}

async function scaling(job) {
  async function run(count) {
    const workers = Array.from({ length: count }, () => start(job));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const begin = performance.now();
    workers.forEach((worker) => worker.postMessage('go'));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const time = performance.now() - begin;
    await Promise.all(workers.map((worker) => worker.terminate()));
    return time;
  }
  const ratios = [];
  for (let i = 0; i < 5; i++) ratios.push(2 * await run(1) / await run(2));
  return [median(ratios), 'times one worker'];
}

const figures = {
  'first-message': firstMessage,
  'workers-per-second': perSecond,
  'idle-memory': (n = 200) => idle(n, () => rss() / 1e6, 'MB/worker'),
  'idle-descriptors': (n = 200) => idle(n, descriptors, 'descriptors/worker'),
  'idle-mappings': (n = 200) => idle(n, maps, 'mappings/worker'),
  alive,
  'ping-pong': pingPong,
  'one-way': oneWay,
  'post-receive': postReceive,
  clone,
  'post-text': () => post(() => text, false, 40),
  'post-copy': () => post(() => copied, false),
  'post-move': () => post(() => new ArrayBuffer(64 << 20), true),
  atomics,
  'scaling-cpu': () => scaling('burn'),
  'scaling-allocation': () => scaling('allocate'),
};

const [name, number] = process.argv.slice(2);
figures[name](number === undefined ? undefined : Number(number)).then(([value, unit]) => {
  console.log(`${name} ${value} ${unit}`);
  process.exit(0);
});
