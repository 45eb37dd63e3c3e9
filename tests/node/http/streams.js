// SPDX-License-Identifier: MIT
// Bodies: large ones both ways, pipes, backpressure, what arrives in pieces, iterators, ends and aborts in the middle.
// timeout: 40
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');
const { once } = require('events');
const { Readable, Transform, pipeline, finished, PassThrough } = require('stream');
const { createHash } = require('crypto');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function serve(handler, use) {
  const server = http.createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await use(server.address().port, server);
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
const options = (port, more) => ({ host: '127.0.0.1', port, agent: false, ...more });
const pattern = (size) => Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz0123456789\n');
const hash = (bytes) => createHash('sha1').update(bytes).digest('hex');
async function collect(stream) {
  const parts = [];
  for await (const chunk of stream) parts.push(chunk);
  return Buffer.concat(parts);
}
async function send(port, more, write) {
  const req = http.request(options(port, more));
  write(req);
  const [res] = await once(req, 'response');
  return { req, res, body: await collect(res) };
}

(async () => {
  const big = pattern(5 << 20);
  await serve((req, res) => req.pipe(res), async (port) => {
    const { res, body } = await send(port, { method: 'POST' }, (req) => req.end(big));
    console.log('echo', res.statusCode, res.headers['transfer-encoding'], body.length, hash(body) === hash(big));
    const chunked = await send(port, { method: 'POST' }, (req) => Readable.from(Array.from({ length: 500 }, (_, i) => `line ${i}\n`)).pipe(req));
    console.log('echo of lines', chunked.body.length, chunked.body.toString().split('\n').length);
  });
  await serve(async (req, res) => {
    const body = await collect(req);
    res.setHeader('Content-Length', body.length);
    res.end(body);
  }, async (port) => {
    const { res, body } = await send(port, { method: 'PUT', headers: { 'Content-Length': big.length } }, (req) => {
      for (let i = 0; i < big.length; i += 100000) req.write(big.subarray(i, i + 100000));
      req.end();
    });
    console.log('collected', res.headers['content-length'], hash(body) === hash(big));
  });
  await serve((req, res) => {
    let sent = 0, waits = 0;
    const go = () => {
      while (sent < 200) {
        sent++;
        if (!res.write(big.subarray(0, 16384))) {
          waits++;
          res.once('drain', go);
          return;
        }
      }
      res.end(() => console.log('waited for drain', waits > 0, res.writableFinished));
    };
    go();
  }, async (port) => {
    const req = http.get(options(port));
    const [res] = await once(req, 'response');
    await wait(50);
    let size = 0;
    for await (const chunk of res) {
      size += chunk.length;
      if (size % 7 === 0) await wait(0);
    }
    console.log('slow reader', size);
    await wait(5);
  });
  await serve((req, res) => {
    pipeline(req, new Transform({ transform: (chunk, _, done) => done(null, chunk.toString().toUpperCase()) }), res, (error) => console.log('pipeline', error?.code));
  }, async (port) => {
    const { body } = await send(port, { method: 'POST' }, (req) => req.end('shout'));
    console.log(body.toString());
  });
  await serve((req, res) => {
    req.pause();
    setTimeout(() => {
      req.resume();
      let size = 0;
      req.on('data', (chunk) => (size += chunk.length));
      req.on('end', () => res.end(`${size}`));
    }, 30);
  }, async (port) => {
    const { body } = await send(port, { method: 'POST' }, (req) => req.end(big.subarray(0, 1 << 20)));
    console.log('paused', body.toString());
  });
  await serve((req, res) => {
    req.setEncoding('utf8');
    let text = '';
    req.on('readable', () => {
      for (let part; (part = req.read()) !== null;) text += part;
    });
    req.on('end', () => res.end(text));
  }, async (port) => {
    const socket = net.connect(port, '127.0.0.1');
    const bytes = Buffer.from('grün ☃ 🎉');
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    for (const byte of bytes) {
      socket.write(Buffer.from([byte]));
      await wait(1);
    }
    console.log('utf8 in pieces', (await collect(socket)).toString().split('\r\n\r\n')[1]);
  });
  await serve((req, res) => {
    for (const name of ['end', 'close', 'error', 'aborted']) req.on(name, () => console.log('server req', name, req.complete, req.readableEnded, req.destroyed));
    for (const name of ['finish', 'close', 'error']) res.on(name, () => console.log('server res', name, res.writableFinished, res.destroyed));
    finished(res, (error) => console.log('finished', error?.code));
    req.resume();
    res.write('x');
    if (req.url === '/stop') setTimeout(() => req.destroy(), 20);
    else if (req.url === '/error') setTimeout(() => res.destroy(new Error('mine')), 20);
  }, async (port) => {
    for (const path of ['/gone', '/stop', '/error']) {
      console.log(path);
      const req = http.request(options(port, { method: 'POST', path }));
      req.on('error', (error) => console.log('client', error.code));
      req.write('part');
      const [res] = await once(req, 'response');
      res.on('error', (error) => console.log('client res', error.code, error.message));
      res.on('aborted', () => console.log('client res aborted'));
      res.resume();
      if (path === '/gone') setTimeout(() => req.destroy(), 20);
      await new Promise((resolve) => req.on('close', resolve));
      await wait(30);
    }
  });
  await serve((req, res) => {
    console.log('end before reading', req.readableEnded, res.writableEnded);
    res.end('early');
  }, async (port) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 2; i++) {
      const { body, req } = await send(port, { method: 'POST', agent }, (r) => r.end(big.subarray(0, 300000)));
      console.log('unread body', body.toString(), req.reusedSocket);
      await wait(20);
    }
    agent.destroy();
  });
  await serve((req, res) => {
    const source = new PassThrough();
    source.pipe(res);
    source.write('one');
    setTimeout(() => source.end('two'), 10);
    res.on('unpipe', () => console.log('unpipe'));
  }, async (port) => {
    const { body } = await send(port, {}, (req) => req.end());
    console.log('pass through', body.toString());
  });
  await serve((req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    res.flushHeaders();
    console.log(res.headersSent, res.writableLength, res.getHeaderNames());
    setTimeout(() => res.end(), 10);
  }, async (port) => {
    const { res } = await send(port, {}, (req) => req.end());
    console.log('flushed', res.headers['content-type'], res.headers['transfer-encoding']);
  });
  await serve((req, res) => {
    res.cork();
    res.write('a');
    res.write('b');
    res.uncork();
    res.write(new Uint8Array([99]));
    res.end();
  }, async (port) => {
    const { body } = await send(port, {}, (req) => req.end());
    console.log('cork', body.toString());
  });
})();
