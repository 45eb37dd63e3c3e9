// SPDX-License-Identifier: MIT
// The end of a worker, and of the process, while libuv's pool works on keys, random bytes and compression.
// timeout: 60
'use strict';
const { Worker, isMainThread, parentPort } = require('worker_threads');
const crypto = require('crypto'), zlib = require('zlib');

function keepBusy() {
  const text = Buffer.alloc(200000, 'some text to compress');
  for (let i = 0; i < 6; i++) {
    crypto.pbkdf2('password', `salt${i}`, 3000, 32, 'sha512', () => keepBusy());
    crypto.randomBytes(100000, () => {});
    crypto.scrypt('password', 'salt', 32, { N: 1024 }, () => {});
    crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, () => {});
    crypto.webcrypto.subtle.digest('SHA-256', text);
    zlib.gzip(text, () => {});
    const stream = zlib.createBrotliCompress();
    stream.on('error', () => {});
    stream.end(text);
    if (i % 2) stream.close();
  }
}

if (!isMainThread) {
  keepBusy();
  parentPort.postMessage('busy');
} else {
  const run = async () => {
    for (let round = 0; round < 4; round++) {
      const workers = [new Worker(__filename), new Worker(__filename)];
      await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
      await new Promise((resolve) => setTimeout(resolve, round * 5));
      console.log((await Promise.all(workers.map((worker) => worker.terminate()))).join());
    }
    // Two isolates at work at the same time, and the process ends in the middle.
    new Worker(__filename);
    keepBusy();
    setTimeout(() => {
      console.log('the end');
      process.exit(3);
    }, 30);
  };
  run();
}
