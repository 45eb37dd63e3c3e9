// SPDX-License-Identifier: MIT
// Workers end at once while threads of the pool wait for pipes on their behalf: asked to, by themselves, and with requests that have not begun.
'use strict';
const assert = require('assert');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Worker } = require('worker_threads');

const programs = {
  open: `fs.open(pipe, 'r', never);`,
  read: `fs.read(fs.openSync(pipe, 'r+'), Buffer.alloc(10), 0, 10, null, never);`,
  readv: `fs.readv(fs.openSync(pipe, 'r+'), [Buffer.alloc(10), Buffer.alloc(5)], never);`,
  write: `fs.write(fs.openSync(pipe, 'r+'), Buffer.alloc(1e6), never);`,
  writev: `fs.writev(fs.openSync(pipe, 'r+'), Array.from({ length: 600 }, () => Buffer.alloc(1000)), never);`,
  stream: `fs.createReadStream(pipe).on('data', never).on('error', never);`,
  many: `for (let i = 0; i < 20; i++) fs.open(pipe, 'r', never);`,
};

async function main(folder) {
  for (const [name, text] of Object.entries(programs)) {
    const pipe = path.join(folder, name);
    execFileSync('mkfifo', [pipe]);
    for (const end of ['terminate', 'exit']) {
      const worker = new Worker(`
        const { workerData: { pipe, end }, parentPort } = require('worker_threads');
        const fs = require('fs');
        function never() { throw new Error('called'); }
        ${text}
        setTimeout(() => (end === 'exit' ? process.exit(7) : parentPort.postMessage('waits')), 20);
      `, { eval: true, workerData: { pipe, end } });
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      worker.on('error', (error) => assert.fail(error));
      if (end === 'terminate') {
        await new Promise((resolve) => worker.once('message', resolve));
        assert.strictEqual(await worker.terminate(), 1);
      } else {
        assert.strictEqual(await exited, 7);
      }
    }
  }
  // The pool's threads are free again.
  assert.strictEqual((await fs.promises.open(folder, 'r').then((handle) => handle.close())), undefined);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-pipes-'));
main(folder).finally(() => fs.rmSync(folder, { recursive: true }));
