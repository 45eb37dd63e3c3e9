// SPDX-License-Identifier: MIT
// ws: text and bytes of all lengths, fragments, compression, pings, closing from both sides, refused upgrades, broken frames.
// entries: cjs
'use strict';
const http = require('http');
const net = require('net');
const {once} = require('events');
const {run, show} = require('./lib/harness.js');
const {close} = require('./lib/web.js');

run('ws', async (WebSocket) => {
  const {WebSocketServer} = WebSocket;
  const server = http.createServer((req, res) => res.writeHead(426).end('upgrade'));
  const options = {noServer: true, perMessageDeflate: {threshold: 500}, maxPayload: 300000, handleProtocols: (all) => [...all].at(-1)};
  const sockets = new WebSocketServer(options), seen = [];
  server.on('upgrade', (req, socket, head) => {
    if (req.url === '/refused') {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(req, socket, head, (client) => sockets.emit('connection', client, req));
  });
  sockets.on('connection', (client, req) => {
    client.on('message', (data, isBinary) => {
      if (String(data) === 'close') client.close(4001, 'as you wish');
      else if (String(data) === 'terminate') client.terminate();
      else client.send(data, {binary: isBinary});
    });
    client.on('close', (code, reason) => seen.push(`close ${code} ${reason}`));
    client.on('error', (error) => seen.push(`error ${error.code} ${error.message}`));
    if (req.url === '/greet') client.send('welcome');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `ws://127.0.0.1:${server.address().port}`;
  const open = async (path, ...more) => {
    const client = new WebSocket(address + path, ...more);
    await once(client, 'open');
    return client;
  };
  for (const perMessageDeflate of [false, true]) {
    const client = await open('/echo', ['a', 'b'], {perMessageDeflate});
    show('open', [client.protocol, client.extensions, client.readyState, client.url.startsWith(address)]);
    for (const size of [0, 1, 125, 126, 65535, 65536, 200000]) {
      const text = 'äbc'.repeat(size).slice(0, size), bytes = Buffer.alloc(size, size);
      client.send(text);
      const [first, isBinary] = await once(client, 'message');
      client.send(bytes);
      const [second, isBytes] = await once(client, 'message');
      show(`size ${size}`, [String(first) === text, isBinary, bytes.equals(second), isBytes]);
    }
    client.send('one ', {fin: false});
    client.send('two', {fin: true});
    show('fragments', String((await once(client, 'message'))[0]));
    client.ping('p');
    show('pong', String((await once(client, 'pong'))[0]));
    client.close(1000, 'done');
    const [code, reason] = await once(client, 'close');
    show('closed', [code, String(reason), client.readyState]);
  }
  const messages = [];
  const greeted = new WebSocket(address + '/greet');
  greeted.addEventListener('message', (event) => messages.push(`${event.type} ${event.data}`));
  await once(greeted, 'message');
  greeted.send('close');
  const [code, reason] = await once(greeted, 'close');
  show('greeting', [messages, code, String(reason)]);
  const dropped = await open('/echo');
  dropped.send('terminate');
  show('terminated', (await once(dropped, 'close'))[0]);
  const refused = new WebSocket(address + '/refused');
  const [error] = await once(refused, 'error');
  show('refused', error.message);
  const large = await open('/echo');
  large.send(Buffer.alloc(400000));
  show('too large', (await once(large, 'close'))[0]);
  const raw = net.connect(server.address().port, '127.0.0.1');
  raw.write('GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  show('handshake', String((await once(raw, 'data'))[0]));
  raw.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0]));
  raw.resume();
  await once(raw, 'close');
  const bad = net.connect(server.address().port, '127.0.0.1');
  bad.write('GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: x\r\n\r\n');
  show('bad handshake', String((await once(bad, 'data'))[0]).split('\r\n')[0]);
  bad.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  show('server saw', seen);
  await close(server);
});
