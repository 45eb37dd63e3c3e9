// SPDX-License-Identifier: MIT
// timeout: 30
// skip: gc-stress,tsan it waits for milliseconds
// Clients that send their request a byte at a time, or read their answer so, or say nothing: others are served as ever, the slow ones are sent
// away when their time is over, and nothing is left of them.
'use strict';
const http = require('http');
const net = require('net');
const fs = require('fs');
const { once } = require('events');

const SLOW = 300;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const HEAD = `POST / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(500)}\r\nContent-Length: 5\r\n\r\n`;

(async () => {
  const big = Buffer.alloc(4 << 20, 'x');
  const codes = {};
  const server = http.createServer({ headersTimeout: 400, requestTimeout: 800, connectionsCheckingInterval: 50 }, (req, res) => {
    req.on('error', () => {});
    req.resume();
    if (req.url === '/big') {
      res.on('close', () => { codes[res.writableFinished ? 'all sent' : 'left unread'] = (codes[res.writableFinished ? 'all sent' : 'left unread'] ?? 0) + 1; });
      res.end(big);
    } else {
      req.on('end', () => res.end('hello'));
    }
  });
  server.on('clientError', (error, socket) => {
    codes[error.code] = (codes[error.code] ?? 0) + 1;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1', 511);
  await once(server, 'listening');
  const { port } = server.address();
  const before = descriptors();

  let ended = 0;
  const clients = [];
  for (let i = 0; i < SLOW; i++) {
    const c = net.connect(port, '127.0.0.1');
    c.on('error', () => {});
    c.on('close', () => ended++);
    // A third each: nothing at all, a head in drops, a body in drops.
    if (i % 3 > 0) {
      let at = 0;
      c.on('connect', () => { if (i % 3 === 2) c.write(HEAD); });
      c.timer = setInterval(() => c.write((i % 3 === 1 ? HEAD : 'body ')[at++ % 5]), 30);
      c.on('close', () => clearInterval(c.timer));
    }
    clients.push(c);
  }
  const readers = [];
  for (let i = 0; i < 20; i++) { // these ask for four megabytes and take a little
    const c = net.connect(port, '127.0.0.1', () => c.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n'));
    c.on('error', () => {});
    c.once('data', () => c.pause());
    readers.push(c);
  }
  await Promise.all(readers.map((c) => once(c, 'data')));

  const agent = new http.Agent({ keepAlive: true });
  const times = [];
  let wrong = 0;
  while (ended < SLOW && times.length < 2000) {
    const start = performance.now();
    const [res] = await once(http.get({ port, host: '127.0.0.1', agent }), 'response');
    let text = '';
    for await (const chunk of res.setEncoding('utf8')) text += chunk;
    if (text !== 'hello') wrong++;
    times.push(performance.now() - start);
    await sleep(2);
  }
  times.sort((a, b) => a - b);
  console.log('served meanwhile', times.length > 20, wrong, times[times.length >> 1] < 50);
  console.log('sent away', ended, codes);
  for (const c of readers) c.destroy();
  while (codes['left unread'] !== 20) await sleep(5);
  agent.destroy();
  while (descriptors() > before) await sleep(5);
  console.log('connections left', await new Promise((resolve) => server.getConnections((error, n) => resolve(n))), codes);
  server.close();
  await once(server, 'close');
})();
