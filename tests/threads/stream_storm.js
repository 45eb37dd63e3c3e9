// SPDX-License-Identifier: MIT
// Workers that read and write files through streams on libuv's pool are ended at random moments, or end while calls are under way.
// timeout: 60
// skip: tsan libuv closes descriptors by raw system calls: numbers that are used again look like races
'use strict';
const { Worker, isMainThread, workerData } = require('worker_threads');
const fs = require('fs');
const os = require('os');
const path = require('path');

if (!isMainThread) {
  const { pipeline } = require('stream');
  const copy = (i) => pipeline(fs.createReadStream(__filename, { highWaterMark: 64 }), fs.createWriteStream(path.join(workerData.dir, `${workerData.id}-${i % 4}`)),
    (error) => {
      if (error) throw error;
      copy(i + 1);
    });
  for (let i = 0; i < 4; i++) copy(i);
  process.stdout.on('drain', () => {});
  setInterval(() => process.stdout.write('x'.repeat(30000)), 1);
  if (workerData.exits) setTimeout(() => process.exit(3), workerData.exits);
} else {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-storm-'));
  const random = (n) => Math.floor(Math.random() * n);
  const descriptors = () => fs.readdirSync('/proc/self/fd').length;
  const before = descriptors();
  let left = 60, running = 0;
  const start = (id) => {
    running++;
    const exits = random(2) ? 1 + random(20) : 0;
    const worker = new Worker(__filename, { workerData: { id, dir, exits }, stdout: true });
    if (random(2)) worker.stdout.resume();
    worker.on('error', (error) => {
      throw error;
    });
    worker.on('exit', (code) => {
      if (exits ? code !== 3 : code > 1) throw new Error(`exit code ${code}`);
      running--;
      if (left > 0) start(left--);
      else if (running === 0) end();
    });
    if (!exits) setTimeout(() => worker.terminate(), random(20));
  };
  const end = () => {
    fs.rmSync(dir, { recursive: true });
    // Files that a thread had open when it was stopped stay open, as in Node; others must not.
    if (descriptors() > before + 60 * 8 + 20) throw new Error(`${descriptors()} descriptors`);
    console.log('over');
  };
  for (let i = 0; i < 4; i++) start(left--);
}
