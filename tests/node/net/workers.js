// SPDX-License-Identifier: MIT
// timeout: 60
// Servers and sockets in worker threads: they serve, end with their thread, and leave no descriptor behind, however it ends.
'use strict';
const net = require('net');
const fs = require('fs');
const { once } = require('events');
const { Worker } = require('worker_threads');

const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const source = `
  const net = require('net');
  const { parentPort, workerData } = require('worker_threads');
  const server = net.createServer((c) => {
    c.on('data', (b) => c.write('from the thread: ' + b));
    c.on('error', () => {});
  }).listen(0, '127.0.0.1', () => {
    const clients = [];
    for (let i = 0; i < 20; i++) clients.push(net.connect(server.address().port, '127.0.0.1'));
    for (const c of clients) {
      c.on('error', () => {});
      c.write(Buffer.alloc(5 << 20)); // most of it waits
    }
    net.createServer().listen(workerData.path);
    parentPort.postMessage(server.address().port);
  });
  parentPort.on('message', (how) => {
    if (how === 'exit') process.exit(3);
    if (how === 'throw') throw new Error('on purpose');
    if (how === 'spin') for (;;);
  });
`;

(async () => {
  const folder = fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'weft-net-'));
  const lines = [];
  let first;
  for (let round = 0; round < 3; round++) {
    for (const how of ['terminate', 'exit', 'throw', 'spin']) {
      const worker = new Worker(source, { eval: true, workerData: { path: `${folder}/${round}${how}` } });
      let failure = '';
      worker.on('error', (error) => {
        failure = error.message;
      });
      const [port] = await once(worker, 'message');
      const c = net.connect(port, '127.0.0.1');
      c.on('error', () => {});
      c.write('hello');
      const [answer] = await once(c, 'data');
      const gone = new Promise((resolve) => c.on('close', resolve));
      const exited = new Promise((resolve) => worker.on('exit', resolve));
      if (how === 'terminate') worker.terminate();
      else worker.postMessage(how);
      if (how === 'spin') {
        await sleep(20);
        worker.terminate();
      }
      const code = await exited;
      await gone;
      const refused = net.connect(port, '127.0.0.1');
      const [error] = await once(refused, 'error');
      lines.push(`${how} ${answer} ${code} ${failure} ${error.code}`);
    }
    await sleep(20);
    first ??= descriptors();
  }
  console.log(lines.slice(0, 4), lines.every((line, i) => line === lines[i % 4]));
  console.log(descriptors() - first);
  fs.rmSync(folder, { recursive: true });
})();
