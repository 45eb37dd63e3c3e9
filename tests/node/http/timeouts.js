// SPDX-License-Identifier: MIT
// Time limits of a server: keep-alive, headers, whole requests, sockets; closing with and without idle connections.
// timeout: 40
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');
const { once } = require('events');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function start(options, handler) {
  const server = http.createServer(options, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
// A connection that notes what comes and when it ends, to the nearest quarter of a second.
function open(server, text) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const began = Date.now();
  const result = { socket, answer: '' };
  socket.on('data', (chunk) => (result.answer += chunk));
  socket.on('error', () => {});
  result.closed = new Promise((resolve) => socket.on('close', () => {
    result.after = Date.now() - began;
    resolve(result);
  }));
  if (text) socket.write(text);
  return result;
}
const first = (text) => JSON.stringify(text.split('\r\n')[0]);
const near = (ms, low, high) => (ms >= low && ms <= high ? 'in time' : `after ${ms} ms`);
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

(async () => {
  {
    const server = await start({ keepAliveTimeout: 100, keepAliveTimeoutBuffer: 50 }, (req, res) => res.end('hi'));
    const c = open(server, GET);
    await c.closed;
    console.log('keepAliveTimeout', first(c.answer), /Keep-Alive: timeout=0/.test(c.answer), near(c.after, 100, 1500));
    const d = open(server, GET);
    await wait(60);
    d.socket.write(GET);
    await d.closed;
    console.log('renewed', d.answer.match(/200 OK/g).length, near(d.after, 180, 1500));
    server.close();
    await once(server, 'close');
  }
  {
    const server = await start({ headersTimeout: 100, requestTimeout: 300, connectionsCheckingInterval: 30 }, (req, res) => {
      req.on('error', (error) => console.log('request', error.code));
      req.resume();
      req.on('end', () => res.end('whole'));
    });
    const silent = open(server), slow = open(server, 'GET / HTTP/1.1\r\nHost:'), body = open(server, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    const fine = open(server, GET);
    for (const [name, c, low] of [['nothing', silent, 90], ['half a head', slow, 90], ['half a body', body, 280]]) {
      await c.closed;
      console.log(name, first(c.answer), near(c.after, low, 2000));
    }
    fine.socket.write(GET);
    await wait(50);
    console.log('between requests', fine.answer.match(/200 OK/g).length, fine.socket.destroyed);
    fine.socket.destroy();
    server.close();
    await once(server, 'close');
  }
  {
    const server = await start({ headersTimeout: 50, connectionsCheckingInterval: 20 }, (req, res) => res.end());
    server.on('clientError', (error, socket) => {
      console.log('clientError', error.code, error.message, socket.writable);
      socket.destroy();
    });
    const c = open(server, 'GET /');
    await c.closed;
    server.close();
  }
  {
    const server = await start({}, () => {});
    server.setTimeout(80);
    const c = open(server, GET);
    await c.closed;
    console.log('server.timeout', JSON.stringify(c.answer), near(c.after, 70, 1500));
    server.setTimeout(50, (socket) => {
      console.log('timeout event', socket instanceof net.Socket);
      socket.end('HTTP/1.1 503 Slow\r\n\r\n');
    });
    const d = open(server, GET);
    await d.closed;
    console.log(first(d.answer));
    server.close();
  }
  {
    const server = await start({}, (req, res) => {
      req.setTimeout(50, () => console.log('req timeout'));
      res.setTimeout(50, () => {
        console.log('res timeout');
        res.statusCode = 504;
        res.end();
      });
    });
    const c = open(server, GET);
    await wait(200);
    console.log(first(c.answer));
    c.socket.destroy();
    server.close();
  }
  {
    const server = await start({}, (req, res) => {
      if (req.url === '/') res.end('done');
      else setTimeout(() => res.end('later'), 100);
    });
    const idle = open(server, GET), busy = open(server, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n'), fresh = open(server);
    await wait(50);
    server.close(() => console.log('closed'));
    await idle.closed;
    console.log('idle is closed', busy.socket.destroyed, fresh.socket.destroyed);
    await wait(150);
    console.log('busy', first(busy.answer), /Connection: (.*)\r/.exec(busy.answer)[1], busy.socket.destroyed);
    fresh.socket.destroy();
    server.closeIdleConnections();
    await once(server, 'close');
  }
  {
    const server = await start({}, () => {});
    const c = open(server, GET);
    await wait(30);
    server.close(() => console.log('all closed'));
    server.closeAllConnections();
    await c.closed;
    await wait(10);
    console.log(server.listening, c.answer === '');
  }
  {
    const server = await start({}, (req, res) => res.end('bye'));
    await server[Symbol.asyncDispose]();
    console.log('disposed', server.listening);
  }
})();
