// SPDX-License-Identifier: MIT
// timeout: 30
// Sockets and servers that are sent to another process and back; messages keep their order around them.
'use strict';
const { fork } = require('child_process');
const net = require('net');
const path = require('path');
const { once } = require('events');

const print = (...all) => console.log(...all);
const file = path.join(__dirname, 'fixtures', 'handles.js');
const closed = (c) => new Promise((resolve) => c.once('close', resolve));

async function talk(port) {
  const c = net.connect(port, '127.0.0.1');
  let text = '';
  c.setEncoding('utf8').on('data', (s) => {
    text += s;
  });
  await closed(c);
  return text;
}

async function main(serialization) {
  const child = fork(file, { serialization });
  {
    const server = net.createServer({ pauseOnConnect: true }, (socket) => {
      child.send({ what: 'socket' }, socket, (error) => print('sent', error));
      child.send('after the socket');
      print(socket._handle);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    print(await talk(port));
    server.close();
    await once(server, 'close');
  }
  {
    const server = net.createServer(() => print('not here')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    child.send({ what: 'server' }, server);
    const [answer] = await once(child, 'message');
    print(answer.listening, answer.isServer, answer.port === port);
    server.close();
    print(await talk(port));
  }
  {
    child.send({ what: 'give' });
    const [message, server] = await once(child, 'message');
    print(message, server instanceof net.Server, server.listening);
    server.on('connection', (c) => c.end('accepted here'));
    print(await talk(server.address().port));
    server.close();
  }
  for (const handle of [5, {}, 'x']) {
    try {
      child.send('x', handle);
    } catch (error) {
      print(error.code, error.message);
    }
  }
  child.send('list');
  print((await once(child, 'message'))[0].got);
  child.send('end');
  await once(child, 'close');
  print(child.connected, child.exitCode);
}
main('json').then(() => main('advanced'));
