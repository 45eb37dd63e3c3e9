// SPDX-License-Identifier: MIT
// timeout: 30
// Sockets of which one direction has ended: requests and answers still arrive, both ends end when they should, nothing is left.
'use strict';
const http = require('http');
const net = require('net');
const fs = require('fs');
const { once } = require('events');
const { execFileSync } = require('child_process');

const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// What comes until the end; unlike an iterator it leaves the other direction open.
const all = (stream) => new Promise((resolve, reject) => {
  let text = '';
  stream.on('data', (chunk) => { text += chunk; });
  stream.on('end', () => resolve(text));
  stream.on('error', reject);
});
const listen = async (server) => { server.listen(0, '127.0.0.1', 511); await once(server, 'listening'); return server.address().port; };

(async () => {
  let before;
  { // A pipe to a child of which one end is closed.
    console.log('child', execFileSync('sh', ['-c', 'exec 0<&-; sleep 0.05; echo said'], { encoding: 'utf8' }));
  }
  { // HTTP: the client ends its direction behind its requests; whether it gets its answers is the server's choice.
    const server = http.createServer((req, res) => setTimeout(() => res.end(`to ${req.url}`), 20));
    const port = await listen(server);
    const c = net.connect(port, '127.0.0.1');
    c.end('GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
    const text = await all(c);
    console.log('pipelined and ended', text.match(/to \/\d/g), c.readableEnded, c.writableFinished);
    server.httpAllowHalfOpen = true;
    const allowed = net.connect(port, '127.0.0.1').end('GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    console.log('allowed', (await all(allowed)).match(/to \/\d/g));
    const half = net.connect(port, '127.0.0.1');
    half.end('GET /1 HTTP/1.1\r\nHost:');
    console.log('half a request', JSON.stringify((await all(half)).split('\r\n')[0]));
    server.close();
    await once(server, 'close');
    before = descriptors();
  }
  { // HTTP: an answer without a length ends with the server's direction.
    const server = net.createServer((c) => c.once('data', () => c.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')));
    const port = await listen(server);
    const [res] = await once(http.get({ port, host: '127.0.0.1' }), 'response');
    console.log('until the end', await all(res.setEncoding('utf8')), res.complete);
    const short = net.createServer((c) => c.once('data', () => c.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ntoo short')));
    const [cut] = await once(http.get({ port: await listen(short), host: '127.0.0.1' }), 'response');
    console.log('too short', await all(cut).catch((error) => `${error.code} ${error.message}`), cut.complete);
    const nothing = net.createServer((c) => c.resume().end());
    const [error] = await once(http.get({ port: await listen(nothing), host: '127.0.0.1' }), 'error');
    console.log('nothing', error.code, error.message);
    for (const s of [server, short, nothing]) s.close();
  }
  for (const [atServer, atClient] of [[false, false], [true, false], [false, true], [true, true]]) {
    const log = [];
    const server = net.createServer({ allowHalfOpen: atServer }, (c) => {
      c.on('end', () => { log.push('server end'); if (atServer) setTimeout(() => c.end('late words'), 20); });
      c.on('close', (bad) => log.push(`server close ${bad}`));
      c.resume();
    });
    const c = net.connect({ port: await listen(server), host: '127.0.0.1', allowHalfOpen: atClient });
    c.end('first');
    const text = await all(c);
    if (!c.closed) await once(c, 'close');
    while (!log.some((line) => /server close/.test(line))) await sleep(1);
    server.close();
    await once(server, 'close');
    console.log('half open', atServer, atClient, JSON.stringify(text), log);
  }
  { // The server ends first; the client that may stay half open goes on talking.
    let heard = 0;
    const server = net.createServer({ allowHalfOpen: true }, async (c) => { c.end('go on'); heard = (await all(c)).length; console.log('heard', heard); });
    const c = net.connect({ port: await listen(server), host: '127.0.0.1', allowHalfOpen: true });
    console.log(await all(c));
    for (let i = 0; i < 10; i++) { c.write('x'.repeat(10000)); await sleep(1); }
    c.end();
    await once(c, 'close');
    while (!heard) await sleep(1);
    server.close();
    await once(server, 'close');
  }
  { // Writing after one's own end, and to a peer that is gone.
    const server = net.createServer((c) => c.destroy());
    const port = await listen(server);
    const c = net.connect(port, '127.0.0.1');
    await once(c, 'connect');
    c.end();
    c.write('more', (error) => console.log('callback', error.code));
    const [error] = await once(c, 'error');
    console.log('after the end', error.code, error.message);
    server.close();
  }
  { // Five hundred at once, half closed for a while.
    const server = net.createServer({ allowHalfOpen: true }, (c) => c.on('end', () => setTimeout(() => c.end('bye'), 50)).resume());
    const port = await listen(server);
    const texts = await Promise.all(Array.from({ length: 500 }, () => all(net.connect(port, '127.0.0.1').end('hi'))));
    console.log('many', texts.filter((text) => text === 'bye').length);
    server.close();
    await once(server, 'close');
  }
  for (let i = 0; descriptors() > before && i < 400; i++) await sleep(5);
  console.log('left', Math.max(0, descriptors() - before));
})();
