// SPDX-License-Identifier: MIT
// timeout: 60
// A reader that is slower than the writer, large writes, a peer that goes away in the middle, no descriptors left.
'use strict';
const net = require('net');
const fs = require('fs');
const { once } = require('events');
const { pipeline } = require('stream');
const crypto = require('crypto');

const print = (...all) => console.log(...all);
const closed = (c) => new Promise((resolve) => c.once('close', resolve));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

(async () => {
  {
    // The writer is told to wait, and what waits is bounded by what it writes before it listens.
    const chunk = Buffer.alloc(100000, 'abcdefghij');
    const total = 300;
    let written = 0, waits = 0, most = 0;
    const server = net.createServer(async (c) => {
      while (written < total) {
        written++;
        if (!c.write(written % 2 ? chunk : chunk.toString('latin1'), 'latin1')) {
          waits++;
          most = Math.max(most, c.writableLength);
          await once(c, 'drain');
        }
      }
      c.end();
    }).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    const hash = crypto.createHash('md5');
    let bytes = 0, pauses = 0;
    c.on('data', (b) => {
      hash.update(b);
      bytes += b.length;
      if (bytes > pauses * 3000000) {
        pauses++;
        c.pause();
        setTimeout(() => c.resume(), 2);
      }
    });
    await closed(c);
    print(bytes, waits > 0, most <= chunk.length, pauses, hash.digest('hex'), c.bytesRead);
    server.close();
    await once(server, 'close');
  }
  {
    // One write of 64 MB, echoed.
    const big = Buffer.alloc(64 << 20);
    for (let i = 0; i < big.length; i += 4096) big.writeUInt32LE(i, i);
    const server = net.createServer((c) => pipeline(c, c, () => {})).listen(0);
    await once(server, 'listening');
    const c = net.connect({ port: server.address().port });
    let isWritten = false;
    print(c.write(big, () => {
      isWritten = true;
    }));
    c.end();
    const hash = crypto.createHash('md5');
    c.on('data', (b) => hash.update(b));
    await once(c, 'end');
    print(isWritten, c.bytesRead, c.bytesWritten, hash.digest('hex') === crypto.createHash('md5').update(big).digest('hex'));
    server.close();
  }
  {
    // The peer goes away while much waits to be written.
    const server = net.createServer((c) => {
      c.once('data', () => c.resetAndDestroy());
    }).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    const codes = [];
    c.on('error', (error) => codes.push(error.code, error.syscall));
    c.write(Buffer.alloc(30 << 20), (error) => codes.push('callback', error && error.code));
    c.write('more', (error) => codes.push('callback', error && error.code));
    const hadError = await closed(c);
    print(hadError, codes.filter((s) => s === 'callback').length, codes.every((s) => ['callback', 'ECONNRESET', 'EPIPE', 'write', 'read', 'ERR_STREAM_DESTROYED'].includes(s)));
    server.close();
  }
  {
    // EPIPE: the other end of a pipe is closed.
    const { spawn } = require('child_process');
    const child = spawn('sh', ['-c', 'exec 0<&-; echo closed; sleep 5'], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.stdin.on('error', (error) => print(error.code, error.syscall, error.errno, error.message));
    child.stdin.write('nobody reads this', (error) => print('callback', error.code));
    await closed(child.stdin);
    child.kill();
    await once(child, 'close');
  }
  {
    // No descriptors are left: connections fail, the server goes on when there are some again.
    let accepted = 0;
    const server = net.createServer((c) => {
      accepted++;
      c.resume();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const files = [];
    try {
      for (;;) files.push(fs.openSync('/dev/null', 'r'));
    } catch (error) {
      print(error.code, error.syscall);
    }
    const c = net.connect(port, '127.0.0.1');
    const [error] = await once(c, 'error');
    print(error.code, error.syscall, error.address, error.port === port);
    const other = net.createServer().listen(0);
    const [failure] = await once(other, 'error');
    print(failure.code, failure.syscall);
    // One for the client, none for the server: the connection is dropped, not left waiting.
    fs.closeSync(files.pop());
    const d = net.connect(port, '127.0.0.1');
    d.on('error', () => {});
    await closed(d.resume());
    print('dropped', accepted);
    for (const fd of files) fs.closeSync(fd);
    const e = net.connect(port, '127.0.0.1');
    await once(e, 'connect');
    await sleep(20);
    print('accepted', accepted);
    e.end();
    server.close();
    await once(server, 'close');
  }
})();
