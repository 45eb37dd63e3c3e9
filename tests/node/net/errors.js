// SPDX-License-Identifier: MIT
// Errors as programs compare them: code, errno, syscall, address, port, message, order of properties; arguments that are refused.
'use strict';
const net = require('net');
const { once } = require('events');
const closed = (c) => new Promise((resolve) => c.once('close', resolve));

const print = (...all) => console.log(...all);
const scrub = (text, ports) => ports.reduce((s, p) => s.replaceAll(`${p}`, 'PORT'), text);
const show = (label, error, ports = []) => print(label, scrub(error.message, ports), scrub(JSON.stringify(error), ports), Object.keys(error).join(), error.name,
  scrub(error.stack.split('\n')[0], ports));
const thrown = (label, f) => {
  try {
    f();
    print(label, 'did not throw');
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};

async function unusedPort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

(async () => {
  const port = await unusedPort();
  {
    const c = net.connect(port, '127.0.0.1');
    const log = [];
    c.on('connectionAttempt', (...all) => log.push(['attempt', ...all].join()));
    c.on('connectionAttemptFailed', (ip, p, family, error) => log.push(['failed', ip, p, family, error.code].join()));
    c.on('close', (hadError) => log.push(`close ${hadError}`));
    c.on('error', (error) => show('refused', error, [port]));
    await closed(c);
    print(log.map((s) => scrub(s, [port])));
    print(c.destroyed, c.connecting, c.errored.code);
  }
  {
    const c = net.connect('/nonexistent/path');
    const [error] = await once(c, 'error');
    show('path', error);
    const d = net.connect({ path: '/dev/null' });
    show('no socket', (await once(d, 'error'))[0]);
  }
  {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const used = server.address().port;
    const other = net.createServer().listen(used, '127.0.0.1');
    show('in use', (await once(other, 'error'))[0], [used]);
    print(other.listening, other.address());
    server.close();
    const far = net.createServer().listen(0, '192.0.2.1');
    show('not ours', (await once(far, 'error'))[0]);
    const local = net.connect({ port: used, host: '127.0.0.1', localAddress: '192.0.2.1' });
    show('local', (await once(local, 'error'))[0], [used]);
    const nowhere = net.createServer().listen('/nonexistent/path/x');
    show('listen path', (await once(nowhere, 'error'))[0]);
    const fd = net.createServer().listen({ fd: 0x7ffffff });
    show('listen fd', (await once(fd, 'error'))[0]);
  }
  {
    const server = net.createServer();
    server.close((error) => print('close', error.code, error.message));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  thrown('twice', () => server.listen(0));
  server.close();
  for (const value of [70000, -1, {}, null, undefined, 'x', '', NaN, 1.5, true]) {
    thrown(`connect port ${String(value)}`, () => net.connect({ port: value, host: '127.0.0.1' }).on('error', () => {}));
    thrown(`listen port ${String(value)}`, () => net.createServer().listen({ port: value }).on('error', () => {}).close());
  }
  thrown('connect', () => net.connect());
  thrown('connect {}', () => net.connect({}));
  thrown('path', () => net.connect({ path: 5 }));
  thrown('listen {}', () => net.createServer().listen({}));
  thrown('listen -1', () => net.createServer().listen(-1));
  thrown('listen string', () => net.createServer().listen('100000').close());
  thrown('listen path', () => net.createServer().listen({ path: true }));
  thrown('listen signal', () => net.createServer().listen({ port: 0, signal: 5 }));
  thrown('server options', () => net.createServer('x'));
  thrown('highWaterMark', () => net.createServer({ highWaterMark: 'x' }));
  thrown('keepAliveInitialDelay', () => net.createServer({ keepAliveInitialDelay: 'x' }));
  thrown('blockList', () => net.createServer({ blockList: {} }));
  thrown('object mode', () => new net.Socket({ objectMode: true }));
  thrown('object mode', () => new net.Socket({ readableObjectMode: true }));
  thrown('fd', () => new net.Socket({ fd: -1 }));
  thrown('fd', () => new net.Socket({ fd: 0x7ffffff }));
  thrown('timeout', () => new net.Socket().setTimeout(-1));
  thrown('timeout', () => new net.Socket().setTimeout('x'));
  thrown('timeout', () => new net.Socket().setTimeout(1, 'x'));
  thrown('localAddress', () => net.connect({ port: 1, localAddress: 'x' }));
  thrown('localPort', () => net.connect({ port: 1, localPort: 'x' }));
  thrown('lookup', () => net.connect({ port: 1, host: 'localhost', lookup: 5 }));
  thrown('autoSelectFamily', () => net.connect({ port: 1, host: 'localhost', autoSelectFamily: 5 }));
  thrown('attempt', () => net.connect({ port: 1, host: 'localhost', autoSelectFamilyAttemptTimeout: -1 }));
  thrown('default attempt', () => net.setDefaultAutoSelectFamilyAttemptTimeout(0));
  thrown('default family', () => net.setDefaultAutoSelectFamily(0));
  thrown('write', () => new net.Socket().write(5));
  thrown('write', () => new net.Socket().write(null));
  thrown('signal', () => new net.Socket({ signal: 5 }));
  thrown('tos', () => new net.Socket({ typeOfService: 256 }));
  thrown('setTypeOfService', () => new net.Socket().setTypeOfService(-1));
  thrown('new', () => net.Socket());
  thrown('new', () => net.Server());
})();
