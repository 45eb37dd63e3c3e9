// SPDX-License-Identifier: MIT
// A message that has arrived when the loop finds nothing left to wait for is delivered: here the end that keeps the loop alive gets its last
// message, and is closed, in the turn in which one came for an end without a reference. (Node may lose it.)
'use strict';
const { Worker, MessageChannel, isMainThread, workerData, parentPort } = require('worker_threads');

if (isMainThread) {
  const steps = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const { port1: quiet, port2: theirs } = new MessageChannel();
  const worker = new Worker(__filename, { workerData: { steps, port2, theirs }, transferList: [port2, theirs] });
  worker.unref();
  quiet.on('message', (m) => console.log('heard', m));
  quiet.unref();
  port1.on('message', (m) => {
    if (m === 'first') {
      Atomics.store(steps, 0, 1);
      Atomics.notify(steps, 0);
      Atomics.wait(steps, 0, 1); // until the worker has posted to both
    } else {
      port1.unref();
    }
  });
} else {
  const { steps, port2, theirs } = workerData;
  port2.postMessage('first');
  Atomics.wait(steps, 0, 0);
  theirs.postMessage('the last word');
  port2.postMessage('second');
  Atomics.store(steps, 0, 2);
  Atomics.notify(steps, 0);
  parentPort.on('message', () => {}); // stays
}
