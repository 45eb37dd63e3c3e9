// SPDX-License-Identifier: MIT
// timeout: 60
// Sockets and servers that move to another thread; refusals; what arrives nowhere is closed.
'use strict';
const net = require('net');
const fs = require('fs');
const { once } = require('events');
const { Worker, MessageChannel, isMainThread, parentPort } = require('worker_threads');

const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const closed = (c) => new Promise((resolve) => c.once('close', (hadError) => resolve(hadError)));

async function talk(port, text) {
  const c = net.connect(port, '127.0.0.1');
  c.on('error', () => {});
  c.setEncoding('utf8');
  if (text) c.write(text);
  let answer = '';
  c.on('data', (s) => {
    answer += s;
  });
  await closed(c);
  return answer;
}

async function main() {
  const worker = new Worker(__filename);
  await once(worker, 'online');
  const lines = [];
  const server = net.createServer((c) => {
    worker.postMessage({ socket: c }, [c]);
    lines.push([c.destroyed, c._handle, c.readable, c.writable].join());
    c.on('error', (error) => lines.push(`error ${error.code}`));
    c.on('close', (hadError) => lines.push(`close ${hadError}`));
    c.write('x', (error) => lines.push(`write ${error.code}`));
  }).listen(0);
  await once(server, 'listening');
  for (let i = 0; i < 3; i++) console.log(await talk(server.address().port, `hello ${i}`));
  console.log(lines);
  server.getConnections((error, n) => console.log('connections', n));

  const moving = net.createServer(() => console.log('not here')).listen(0);
  await once(moving, 'listening');
  const { port } = moving.address();
  worker.postMessage({ server: moving }, [moving]);
  console.log(moving.listening, moving.address());
  console.log((await once(worker, 'message'))[0]);
  for (let i = 0; i < 3; i++) console.log(await talk(port));

  const refused = (label, value, list) => {
    try {
      worker.postMessage(value, list);
      console.log(label, 'ok');
    } catch (error) {
      console.log(label, error.name, error.code, error.message);
    }
  };
  const fresh = new net.Socket(), connecting = net.connect(server.address().port), unbound = net.createServer();
  connecting.on('error', () => {});
  refused('fresh', { fresh }, [fresh]);
  refused('not listed', { server }, []);
  refused('connecting', { connecting }, [connecting]);
  refused('unbound', { unbound }, [unbound]);
  refused('twice', { server }, [server, server]);
  console.log(server.listening);
  connecting.destroy();
  server.close();
  worker.postMessage('end');
  await once(worker, 'exit');

  // To a port that nobody reads, and to a thread that is terminated.
  const before = descriptors();
  for (let i = 0; i < 5; i++) {
    const { port1, port2 } = new MessageChannel();
    const lost = net.createServer().listen(0);
    await once(lost, 'listening');
    port1.postMessage({ lost }, [lost]);
    port1.close();
    port2.close();
  }
  await sleep(50);
  console.log(descriptors() - before);
}

if (isMainThread) {
  main();
} else {
  parentPort.on('message', (message) => {
    if (message.socket) {
      const { socket } = message;
      socket.on('data', (b) => socket.end(`worker: ${socket instanceof net.Socket} ${socket.remoteFamily} ${b}`));
    } else if (message.server) {
      const { server } = message;
      server.on('connection', (c) => c.end('accepted in the worker'));
      parentPort.postMessage([server instanceof net.Server, server.listening, typeof server.address().port]);
    } else {
      process.exit();
    }
  });
}
