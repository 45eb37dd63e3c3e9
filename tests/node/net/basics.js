// SPDX-License-Identifier: MIT
// A connection from its beginning to its end: events in order, addresses, counters, states, encodings.
'use strict';
const net = require('net');
const { once } = require('events');
const closed = (c) => new Promise((resolve) => c.once('close', resolve));

const print = (...all) => console.log(...all);

function trace(name, emitter, events, log) {
  for (const event of events) {
    emitter.on(event, (...all) => log.push(`${name} ${event}${all.map((v) => ` ${v instanceof Error ? v.code : Buffer.isBuffer(v) ? v.length : typeof v === 'object' ? '' : v}`).join('')}`));
  }
}
const socketEvents = ['connect', 'ready', 'end', 'finish', 'close', 'error', 'timeout', 'drain'];

(async () => {
  {
    const log = [];
    const server = net.createServer((c) => {
      trace('server', c, socketEvents, log);
      print('accepted', c.readyState, c.connecting, c.pending, c.server === server, c.remoteFamily, c.localPort === server.address().port);
      c.setEncoding('utf8');
      let text = '';
      c.on('data', (s) => {
        text += s;
        if (text.endsWith('!')) c.end(text.toUpperCase());
      });
    });
    print(server.listening, server.address());
    server.listen(0, '127.0.0.1');
    print(server.listening, server.address());
    await once(server, 'listening');
    const { port, family, address } = server.address();
    print(typeof port, family, address);
    const c = net.connect(port, '127.0.0.1');
    trace('client', c, socketEvents, log);
    print(c.readyState, c.connecting, c.pending, c.remoteAddress, c.bytesWritten, c.bufferSize);
    print(c.write('grüße '), c.write(Buffer.from('und ')), c.write('ZnLDvGg=', 'base64'), c.write('e\u20ac', 'utf8'), c.write('6c', 'hex'));
    print(c.bytesWritten, c.writableLength);
    await once(c, 'connect');
    print(c.readyState, c.remoteAddress, c.remotePort === port, c.remoteFamily, c.localAddress, c.localFamily, c.address().address);
    c.write(new Uint8Array([0x20, 0x21]));
    let answer = '';
    c.on('data', (b) => {
      answer += b.toString();
    });
    await closed(c);
    print(JSON.stringify(answer), c.bytesRead, c.bytesWritten, c.readyState, c.destroyed, c.pending, c.remoteAddress, c.localAddress);
    server.close();
    await once(server, 'close');
    print(log.sort());
    print(server.address(), server.listening);
  }
  {
    // Each side may go on when the other has ended.
    const server = net.createServer({ allowHalfOpen: true }, (c) => {
      c.resume();
      c.on('end', () => {
        print('server end', c.readyState, c.writable, c.readable);
        setTimeout(() => c.write('still here '), 5);
        setTimeout(() => c.end('bye'), 10);
      });
      c.on('close', over);
    }).listen(0);
    let over;
    const serverClosed = new Promise((resolve) => over = resolve);
    await once(server, 'listening');
    const c = net.connect({ port: server.address().port, allowHalfOpen: true });
    c.end('hello');
    let text = '';
    c.setEncoding('latin1');
    c.on('data', (s) => {
      text += s;
    });
    await once(c, 'end');
    print(text, c.readyState);
    if (!c.closed) await closed(c);
    server.close();
    await once(server, 'close');
    print(await serverClosed);
  }
  {
    // What is written after the other side has gone.
    const server = net.createServer((c) => c.end('x')).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    c.resume();
    await once(c, 'end');
    await closed(c);
    c.write('late', (error) => print('callback', error.code, error.message));
    c.on('error', (error) => print('error', error.code, error.message));
    await new Promise((resolve) => setTimeout(resolve, 20));
    print(c.destroyed, c.closed, c.readyState);
    server.close();
  }
  {
    // cork, writev, callbacks in order
    const chunks = [];
    const server = net.createServer((c) => c.on('data', (b) => chunks.push(b)).on('end', () => server.close())).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    await once(c, 'connect');
    const order = [];
    c.cork();
    for (let i = 0; i < 100; i++) c.write(i % 3 === 0 ? Buffer.from(`${i},`) : `${i}é,`, i % 3 === 1 ? 'latin1' : 'utf8', () => order.push(i));
    print(c.writableCorked, c.writableLength, c.bytesWritten);
    c.uncork();
    print(c.writableCorked, c.bytesWritten);
    c.end();
    await once(server, 'close');
    const all = Buffer.concat(chunks);
    print(all.length, order.length, order.every((n, i) => n === i), require('crypto').createHash('md5').update(all).digest('hex'));
  }
  {
    // pauseOnConnect; destroy in the middle; destroySoon
    const server = net.createServer({ pauseOnConnect: true }, (c) => {
      print('paused', c.isPaused(), c.readableFlowing);
      c.on('data', (b) => {
        print('data', b.toString(), c.bytesRead);
        c.write('answer');
        c.destroySoon();
      });
      c.on('close', () => print('destroyed soon', c.destroyed, c.writableFinished));
      setTimeout(() => {
        print(c.bytesRead, c.readableLength);
        c.resume();
      }, 20);
    }).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    c.write('waiting');
    const [b] = await once(c, 'data');
    print(b.toString());
    await closed(c);
    server.close();
    await once(server, 'close');
  }
  {
    const server = net.createServer((c) => {
      c.on('error', (error) => print('server error', error.code, error.syscall, error.message));
      c.on('close', (hadError) => print('server close', hadError));
      c.resume();
    }).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    await once(c, 'connect');
    c.on('close', (hadError) => print('client close', hadError));
    print(c.resetAndDestroy() === c, c.destroyed);
    await once(server.close(), 'close');
  }
  {
    const c = new net.Socket();
    c.on('error', (error) => print(error.code, error.message)).on('close', (hadError) => print('close', hadError));
    c.destroy(Object.assign(new Error('mine'), { code: 'MINE' }));
    await closed(c);
    const d = new net.Socket();
    d.resetAndDestroy();
    d.on('error', (error) => print(error.code, error.message));
    await closed(d);
    const e = new net.Socket();
    e.write('x', (error) => print('write', error.code));
    e.on('error', (error) => print(error.code, error.message));
    await closed(e);
  }
  {
    // A socket that connects a second time.
    const server = net.createServer((c) => c.end('again')).listen(0);
    await once(server, 'listening');
    const c = new net.Socket();
    for (let i = 0; i < 3; i++) {
      c.connect(server.address().port);
      let text = '';
      const onData = (b) => {
        text += b;
      };
      c.on('data', onData);
      await closed(c);
      c.off('data', onData);
      print(i, text, c.destroyed);
    }
    server.close();
  }
})();
