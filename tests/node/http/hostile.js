// SPDX-License-Identifier: MIT
// Clients that mean no good: many connections that say little, floods of requests whose answers nobody reads, noise, heads that never end.
// The server stays, answers others meanwhile, and gives everything back.
// timeout: 60
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');
const fs = require('fs');
const { once } = require('events');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const quiet = (socket) => socket.on('error', () => {});

(async () => {
  let served = 0;
  const server = http.createServer({ headersTimeout: 1500, requestTimeout: 3000, connectionsCheckingInterval: 100 }, (req, res) => {
    served++;
    res.end('x'.repeat(1000));
  });
  server.on('clientError', (error, socket) => socket.destroy());
  server.listen(0, '127.0.0.1', 2000);
  await once(server, 'listening');
  const { port } = server.address();
  const connect = () => quiet(net.connect(port, '127.0.0.1'));
  const ask = () => new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, agent: false }, (res) => res.resume().on('end', () => resolve(res.statusCode))).on('error', reject);
  });
  const before = descriptors();

  // Slow loris: a byte now and then, on many connections.
  const slow = Array.from({ length: 300 }, connect);
  await Promise.all(slow.map((s) => once(s, 'connect')));
  let alive = slow.length;
  for (const s of slow) s.on('close', () => alive--);
  const text = 'GET / HTTP/1.1\r\nHost: x\r\nX-A: bbbbbbbbbbbbbbbbbbbbbbb';
  for (let i = 0; i < 10; i++) {
    for (const s of slow) if (s.writable) s.write(text[i]);
    await wait(20);
  }
  console.log('while others are slow', await ask(), alive);
  for (let i = 0; i < 100 && alive > 0; i++) await wait(50);
  console.log('slow ones left', alive);

  // Requests without end, answers that nobody reads.
  const flood = connect();
  flood.pause();
  const many = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1000);
  served = 0;
  for (let i = 0; i < 100; i++) flood.write(many);
  await wait(300);
  const first = served;
  console.log('flood', first < 60000, await ask());
  flood.destroy();
  await wait(50);

  // Noise.
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  for (let round = 0; round < 20; round++) {
    const noise = Array.from({ length: 20 }, connect);
    for (const s of noise) {
      const bytes = Buffer.from('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nabcde\r\n0\r\n\r\n');
      for (let i = random(4); i >= 0; i--) bytes[random(bytes.length)] = random(256);
      s.end(bytes.subarray(0, 1 + random(bytes.length)));
      s.resume();
    }
    await Promise.all(noise.map((s) => once(s, 'close')));
  }
  console.log('after noise', await ask());

  // Heads that never end, resets in the middle.
  const long = connect();
  await once(long, 'connect');
  let sent = 0;
  while (!long.destroyed && sent < 1 << 20) {
    long.write('A'.repeat(4096));
    sent += 4096;
    await wait(1);
  }
  console.log('a long head ends', sent < 1 << 20);
  for (let i = 0; i < 50; i++) {
    const s = connect();
    s.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc');
    s.once('connect', () => setTimeout(() => s.resetAndDestroy(), random(10)));
    await once(s, 'close');
  }
  console.log('after resets', await ask());

  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  await wait(20);
  console.log('descriptors', descriptors() <= before, server.connections ?? 0);
})();
