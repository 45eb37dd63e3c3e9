// SPDX-License-Identifier: MIT
// Two isolates, each with a thread and a heap of its own, throw a ball to each other. What arrives is a copy; nothing is shared.
//
//   ./dev run examples/ping-pong.js
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

const ROUNDS = 5000;

if (isMainThread) {
  const worker = new Worker(__filename); // this file once more, on another thread
  const start = performance.now();

  worker.postMessage({ round: 0, from: 'main' });
  worker.on('message', (ball) => {
    if (ball.round < ROUNDS) return worker.postMessage({ round: ball.round + 1, from: 'main' });
    console.log(`${ball.from} has thrown the ball back ${ball.round} times`);
    console.error(`${Math.round(ROUNDS / ((performance.now() - start) / 1000))} round trips per second`);
    worker.postMessage(null);
  });
  worker.on('exit', (code) => console.log(`the worker has ended with ${code}`));
} else {
  // A thread with a 'message' listener waits for more: closing the port lets it end.
  parentPort.on('message', (ball) => {
    if (ball === null) parentPort.close();
    else parentPort.postMessage({ round: ball.round, from: 'worker' });
  });
}
