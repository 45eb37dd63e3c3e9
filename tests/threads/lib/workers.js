// SPDX-License-Identifier: MIT
// Workers from a function: it runs in the worker with what was given as workerData. Its promise is the exit code; an error rejects.
'use strict';
const { Worker } = require('worker_threads');
function start(body, data) {
  const text = `(${body})(require('worker_threads').workerData, require('worker_threads').parentPort)`;
  const worker = new Worker(text, { eval: true, workerData: data });
  worker.ended = new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));
  worker.ended.catch(() => {});
  worker.next = () => new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.ended.then(() => reject(new Error('the worker ended')), reject);
  });
  return worker;
}

// Sleeps until the element has another value, or longer than anything should take.
async function until(view, index, value) {
  for (let i = 0; Atomics.load(view, index) !== value; i++) {
    if (i > 6000) throw new Error(`element ${index} is ${Atomics.load(view, index)}, not ${value}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

module.exports = { start, until };
