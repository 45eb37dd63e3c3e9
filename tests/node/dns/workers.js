// SPDX-License-Identifier: MIT
// timeout: 60
// Worker threads that end while questions are on their way: nothing is left open.
'use strict';
const fs = require('fs');
const { once } = require('events');
const { Worker } = require('worker_threads');

const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const source = `
  const dns = require('dns');
  const resolver = new dns.Resolver();
  resolver.setServers(['127.0.0.1:1', '192.0.2.1']);
  for (let i = 0; i < 5; i++) resolver.resolve4('name' + i + '.test', () => {});
  dns.lookup('localhost', () => {});
  setInterval(() => {}, 1000); // a system without a network answers at once
  require('worker_threads').parentPort.postMessage('asked');
`;

(async () => {
  const counts = [];
  for (let i = 0; i < 6; i++) {
    const worker = new Worker(source, { eval: true });
    await once(worker, 'message');
    if (i % 2) await new Promise((resolve) => setTimeout(resolve, 30));
    console.log(await worker.terminate());
    counts.push(descriptors());
  }
  console.log(counts.at(-1) - counts[0]);
})();
