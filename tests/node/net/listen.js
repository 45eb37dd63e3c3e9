// SPDX-License-Identifier: MIT
// Every form of listen: ports, hosts, paths, descriptors, servers, bound sockets, signals; limits and drops; ref and unref.
'use strict';
const net = require('net');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { once } = require('events');
const { AsyncLocalStorage } = require('async_hooks');

const print = (...all) => console.log(...all);
const closed = (c) => new Promise((resolve) => c.once('close', resolve));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-net-'));
const at = (name) => path.join(folder, name);

async function talk(options) {
  const c = net.connect(options);
  c.setEncoding('utf8');
  let text = '';
  c.on('data', (s) => {
    text += s;
  });
  await closed(c);
  return text;
}
const hello = () => net.createServer((c) => c.end('hello'));

(async () => {
  for (const args of [[], [null], [undefined], [0], ['0'], [{ port: 0 }], [{ port: null }], [{ port: undefined }], [0, '127.0.0.1'], [0, '::'],
    [0, 'localhost'], [0, '127.0.0.1', 5], [0, 5], [{ port: 0, host: '127.0.0.1', backlog: 3, exclusive: true }], [{ port: 0, host: '::', ipv6Only: true }],
    [{ port: 0, reusePort: true }]]) {
    const server = hello();
    let called = 0;
    server.listen(...args, () => called++);
    await once(server, 'listening');
    const { address, family, port } = server.address();
    const isV6Only = args[0]?.ipv6Only;
    print(JSON.stringify(args), address, family, port > 0, called, await talk({ port, host: isV6Only ? '::1' : '127.0.0.1' }));
    if (isV6Only) print((await once(net.connect(port, '127.0.0.1'), 'error'))[0].code);
    server.close();
  }
  {
    const a = hello().listen({ port: 0, reusePort: true, host: '127.0.0.1' });
    await once(a, 'listening');
    const b = hello().listen({ port: a.address().port, reusePort: true, host: '127.0.0.1' });
    await once(b, 'listening');
    print('reusePort', a.address().port === b.address().port);
    a.close();
    b.close();
  }
  {
    const server = hello().listen(at('socket'));
    print(server.listening, server.address() === at('socket'));
    await once(server, 'listening');
    print(fs.statSync(at('socket')).isSocket());
    const c = net.connect(at('socket'));
    await once(c, 'connect');
    print(c.remoteAddress, c.localAddress, c.remotePort, c.remoteFamily, c.address());
    await closed(c.resume());
    print(await talk({ path: at('socket') }));
    const other = hello().listen(at('socket'));
    const [error] = await once(other, 'error');
    print(error.code, error.syscall, error.address === at('socket'), error.port, error.message.replace(folder, ''));
    server.close();
    await once(server, 'close');
    print(fs.existsSync(at('socket')), server.address() === at('socket'));
    const open = hello().listen({ path: at('open'), readableAll: true, writableAll: true });
    await once(open, 'listening');
    print((fs.statSync(at('open')).mode & 0o777).toString(8));
    open.close();
  }
  {
    const name = `\0weft-${process.pid}`;
    const server = hello().listen(name);
    await once(server, 'listening');
    print(server.address() === name, await talk(name));
    server.close();
    await once(server, 'close');
    const [error] = await once(net.connect(name), 'error');
    print(error.code, error.syscall);
  }
  {
    // A server from another's descriptor, from its handle, and from a bound socket.
    const first = hello().listen(0);
    await once(first, 'listening');
    const child = require('child_process').spawn(process.execPath, ['-e', `
      const server = require('net').createServer((c) => c.end('child') && server.close()).listen({ fd: 3 }, () => console.log(typeof server.address().port));
      `], { stdio: ['ignore', 'pipe', 'inherit', first._handle.fd] });
    print('fd', String(await once(child.stdout, 'data')));
    const shared = first.address().port;
    first.close();
    print(await talk({ port: shared, host: '127.0.0.1' }));
    await once(child, 'close');
    const bound = new net.BoundSocket();
    const { port } = bound.address();
    print(bound.address().address, bound.isPipe, bound.fd() > 2);
    const third = hello().listen(bound);
    await once(third, 'listening');
    print('bound', third.address().port === port, await talk(port));
    try {
      bound.address();
    } catch (error) {
      print(error.code, error.message);
    }
    const source = new net.BoundSocket({ host: '127.0.0.1' });
    const from = source.address().port;
    const c = net.connect({ port, host: '127.0.0.1', handle: source });
    print('source', c.localPort === from);
    await closed(c.resume());
    try {
      new net.BoundSocket({ port });
    } catch (error) {
      print(error.code, error.syscall, error.message.replace(port, 'PORT'));
    }
    const pipe = new net.BoundSocket({ path: at('bound') });
    print(pipe.isPipe, pipe.address() === at('bound'), fs.existsSync(at('bound')));
    pipe.close();
    print(fs.existsSync(at('bound')));
    third.close();
  }
  {
    const controller = new AbortController();
    const server = hello().listen({ port: 0, signal: controller.signal });
    await once(server, 'listening');
    controller.abort();
    await once(server, 'close');
    print('aborted', server.listening);
    const early = hello().listen({ port: 0, signal: AbortSignal.abort() });
    await once(early, 'close');
    print('aborted before', early.listening);
    const socket = new net.Socket({ signal: AbortSignal.abort() });
    print((await once(socket, 'error'))[0].name);
  }
  {
    const server = net.createServer((c) => c.resume());
    server.maxConnections = 2;
    const dropped = [];
    server.on('drop', (data) => dropped.push(data));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const sockets = [];
    for (let i = 0; i < 2; i++) {
      const c = net.connect(port, '127.0.0.1');
      await once(c, 'connect');
      sockets.push(c);
    }
    const c = net.connect(port, '127.0.0.1');
    c.on('error', () => {});
    await closed(c.resume());
    const [data] = dropped;
    print(dropped.length, Object.keys(data).join(), data.localAddress, data.localPort === port, data.localFamily, data.remoteFamily);
    server.getConnections((error, n) => print('connections', error, n));
    for (const s of sockets) s.end();
    server.close();
    await once(server, 'close');
    server.getConnections((error, n) => print('connections', error, n));
  }
  {
    await using server = hello().listen(0);
    await once(server, 'listening');
    print(server.listening, server.unref() === server, server.ref() === server, server._handle.hasRef());
    server.unref();
    print(server._handle.hasRef());
  }
  {
    // Handlers see the context in which the server began to listen, and that of the connection.
    const storage = new AsyncLocalStorage();
    const seen = [];
    const server = storage.run('server', () => net.createServer((c) => {
      seen.push(storage.getStore());
      c.on('data', () => seen.push(storage.getStore()));
      c.on('end', () => seen.push(storage.getStore()));
      c.end('x');
    }).listen(0));
    await once(server, 'listening');
    const c = storage.run('client', () => net.connect(server.address().port));
    c.on('connect', () => seen.push(storage.getStore()));
    c.on('data', () => seen.push(storage.getStore()));
    storage.run('write', () => c.write('y', () => seen.push(storage.getStore())));
    await closed(c);
    server.close();
    await once(server, 'close');
    print(seen.map(String).sort().join());
  }
  {
    const server = hello();
    server.listen(0);
    server.close();
    server.on('listening', () => print('must not be told'));
    await once(server, 'close');
    server.listen(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.close();
    print('again');
  }
  fs.rmSync(folder, { recursive: true });
})();
