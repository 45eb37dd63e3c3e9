// SPDX-License-Identifier: MIT
// timeout: 120
// skip: gc-stress it takes minutes
// 10,000 connections that are open at once (both ends are ours), as far as the limit of descriptors allows: each can be talked to, all end.
'use strict';
const net = require('net');
const fs = require('fs');
const { once } = require('events');

const limit = Number(/Max open files +([0-9]+)/.exec(fs.readFileSync('/proc/self/limits', 'latin1'))[1]);
const wanted = Math.min(10000, Math.floor((limit - 100) / 2));
const descriptors = () => fs.readdirSync('/proc/self/fd').length;

(async () => {
  let ends = 0;
  const server = net.createServer((c) => {
    c.on('data', (b) => c.write(b));
    c.on('close', () => ends++);
  });
  server.listen(0, '127.0.0.1', 511);
  await once(server, 'listening');
  const { port } = server.address();
  const before = descriptors();
  const sockets = [];
  for (let i = 0; i < wanted;) {
    const some = [];
    for (let n = 0; n < 200 && i < wanted; n++, i++) some.push(net.connect(port, '127.0.0.1'));
    await Promise.all(some.map((c) => once(c, 'connect')));
    sockets.push(...some);
  }
  const count = await new Promise((resolve) => server.getConnections((error, n) => resolve(n)));
  console.log(sockets.length === wanted, Math.abs(count - wanted) < 600);
  let echoed = 0;
  await Promise.all(sockets.map((c, i) => new Promise((resolve) => {
    c.once('data', (b) => {
      if (b.toString() === `hello ${i}`) echoed++;
      resolve();
    });
    c.write(`hello ${i}`);
  })));
  console.log(echoed === wanted);
  await Promise.all(sockets.map((c) => new Promise((resolve) => c.on('close', resolve).end())));
  server.close();
  await once(server, 'close');
  await new Promise((resolve) => setTimeout(resolve, 10));
  console.log(ends === wanted, descriptors() <= before + 4);
})();
