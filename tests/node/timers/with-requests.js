// timeout: 30
// Timers of a millisecond while the loop has handles: one may be due between the moment when the loop decides to sleep and its sleep.
'use strict';
const fs = require('fs');
const { Worker, isMainThread } = require('worker_threads');
const LANES = 1, TIMES = 1000;
let left = LANES;
fs.open(__filename, (error, fd) => {
  fs.closeSync(fd);
  for (let lane = 0; lane < LANES; lane++) {
    let n = 0;
    setTimeout(function next() {
      if (++n < TIMES) setTimeout(next, 1);
      else left--;
    }, 1);
  }
});
if (isMainThread) for (let i = 0; i < 8; i++) new Worker(__filename).on('exit', (code) => (process.exitCode = code || process.exitCode));
process.on('exit', () => {
  if (left) process.exitCode = 1;
});
