// SPDX-License-Identifier: MIT
// The other side of measure.cjs.
'use strict';
const { parentPort, workerData } = require('worker_threads');

function burn() {
  let sum = 0;
  for (let i = 0; i < 2e7; i++) sum = (sum + (i ^ (i >> 3))) | 0;
  return sum;
}

function allocate() {
  let list = null, sum = 0;
  for (let i = 0; i < 2e6; i++) {
    list = { value: i, text: [i, i + 1], next: i & 1023 ? list : null };
    sum += list.text[1];
  }
  return sum;
}

const jobs = {
  hello() {
    parentPort.postMessage('hello');
    setInterval(() => {}, 1000);
  },
  'echo-once'() {
    parentPort.once('message', (m) => parentPort.postMessage(m));
  },
  wait() {
    parentPort.on('message', (m) => parentPort.postMessage(m));
    parentPort.postMessage('ready');
  },
  echo() {
    parentPort.on('message', (m) => parentPort.postMessage(m));
    parentPort.postMessage('ready');
  },
  count() {
    let left = workerData.number;
    parentPort.on('message', () => {
      if (--left === 0) parentPort.postMessage('done');
    });
    parentPort.postMessage('ready');
  },
  swallow() {
    parentPort.on('message', () => parentPort.postMessage('ok'));
    parentPort.postMessage('ready');
  },
  atomics() {
    const { shared, number } = workerData;
    parentPort.postMessage('ready');
    for (let i = 0; i < number; i++) {
      while (Atomics.load(shared, 0) !== 1) Atomics.wait(shared, 0, 0);
      Atomics.store(shared, 0, 0);
      Atomics.store(shared, 1, i + 1);
      Atomics.notify(shared, 1);
    }
  },
  burn() {
    parentPort.on('message', () => parentPort.postMessage(burn()));
    parentPort.postMessage('ready');
  },
  allocate() {
    parentPort.on('message', () => parentPort.postMessage(allocate()));
    parentPort.postMessage('ready');
  },
};
jobs[workerData.job]();
