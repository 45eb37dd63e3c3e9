// SPDX-License-Identifier: MIT
// Connections that are no sockets, listeners on the socket of a request, signals, subclasses, rejections, events of servers.
// timeout: 30
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');
const { once } = require('events');
const { Duplex, PassThrough, Writable } = require('stream');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const mask = (text) => JSON.stringify(String(text).replace(/Date: [^\r]+/g, 'Date: D')).replaceAll('\\r\\n', '\n');
async function start(options, handler) {
  const server = http.createServer(options, handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
async function stop(server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
const get = (server, more) => http.get({ host: '127.0.0.1', port: server.address().port, agent: false, ...more });
async function text(req) {
  const [res] = await once(req, 'response');
  let all = '';
  for await (const chunk of res) all += chunk;
  return `${res.statusCode} ${all}`;
}

// Two ends of a connection in memory.
function pair() {
  const make = () => new Duplex({
    read() {},
    write(chunk, encoding, callback) {
      this.other.push(chunk);
      callback();
    },
    final(callback) {
      this.other.push(null);
      callback();
    },
  });
  const a = make(), b = make();
  a.other = b;
  b.other = a;
  return [a, b];
}

(async () => {
  {
    const server = http.createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => (body += chunk));
      req.on('end', () => res.end(`${req.method} ${req.url} ${body}`));
    });
    const [client, end] = pair();
    server.emit('connection', end);
    let answer = '';
    client.on('data', (chunk) => (answer += chunk));
    client.write('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc');
    await wait(5);
    client.write('GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(client, 'end');
    console.log('a connection in memory', mask(answer));
    const [ours, theirs] = pair();
    server.emit('connection', theirs);
    console.log(await text(http.get({ createConnection: () => ours, path: '/c', headers: { Connection: 'close' } })));
  }
  {
    const server = await start({}, (req, res) => {
      const { socket } = req;
      let seen = 0;
      socket.on('data', (chunk) => (seen += chunk.length));
      req.on('data', () => {});
      req.on('end', () => res.end(`${seen > 0} ${socket.parser !== null} ${socket === res.socket} ${socket.server === server} ${socket._httpMessage === res}`));
    });
    const req = http.request({ host: '127.0.0.1', port: server.address().port, method: 'POST', agent: false });
    req.write('one');
    await once(server, 'request');
    await wait(5);
    req.end('two');
    console.log('listening to the socket', await text(req));
    await stop(server);
  }
  {
    const server = await start({}, (req, res) => {
      const { signal } = req;
      console.log('signal', signal.aborted, signal === req.signal);
      signal.addEventListener('abort', () => console.log('aborted', req.url, signal.reason?.name));
      if (req.url === '/fine') res.end('fine');
    });
    console.log(await text(get(server, { path: '/fine' })));
    await wait(10);
    const req = get(server, { path: '/gone' });
    req.on('error', () => {});
    await wait(20);
    req.destroy();
    await wait(20);
    await stop(server);
  }
  {
    class Message extends http.IncomingMessage {
      get lower() {
        return this.url.toLowerCase();
      }
    }
    class Response extends http.ServerResponse {
      send(value) {
        this.setHeader('X-Own', 'yes');
        return this.end(JSON.stringify(value));
      }
    }
    const server = await start({ IncomingMessage: Message, ServerResponse: Response }, (req, res) => res.send([req.lower, req instanceof Message, res instanceof Response]));
    console.log('subclasses', await text(get(server, { path: '/UP' })));
    await stop(server);
  }
  {
    const server = await start({}, undefined);
    const events = [];
    for (const name of ['connection', 'request', 'close', 'listening']) server.on(name, () => events.push(name));
    server.on('request', (req, res) => {
      res.on('finish', () => events.push('finish'));
      res.on('close', () => events.push('res close'));
      res.on('prefinish', () => events.push('prefinish'));
      req.on('close', () => events.push('req close'));
      req.on('end', () => events.push('req end'));
      res.end('x', () => events.push('callback'));
      events.push('handled');
    });
    console.log(await text(get(server)));
    await stop(server);
    console.log('events', events.join(', '));
  }
  {
    const server = http.createServer({ captureRejections: true });
    require('events').captureRejections = true;
    const other = http.createServer(async (req, res) => {
      if (req.url === '/late') res.write('part');
      throw new Error('rejected');
    });
    require('events').captureRejections = false;
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    console.log('rejection', await text(get(other)).catch((e) => e.code));
    console.log('late rejection', await text(get(other, { path: '/late' })).catch((e) => e.code));
    await stop(other);
    server.close();
  }
  {
    const server = await start({ shouldUpgradeCallback: (req) => req.url === '/yes' }, (req, res) => res.end(`no ${req.upgrade}`));
    server.on('upgrade', (req, socket) => socket.end('HTTP/1.1 101 Yes\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nraw'));
    const headers = { Connection: 'upgrade', Upgrade: 'x' };
    console.log('shouldUpgradeCallback', await text(get(server, { path: '/no', headers })));
    const [res, socket, head] = await once(get(server, { path: '/yes', headers }), 'upgrade');
    console.log(res.statusCode, head.toString() || String((await once(socket, 'data'))[0]));
    await stop(server);
  }
  {
    // A response that a program assigns to something of its own.
    const out = [];
    const sink = new Writable({
      write(chunk, encoding, callback) {
        out.push(chunk.toString());
        callback();
      },
    });
    const res = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} });
    res.on('finish', () => console.log('finish'));
    res.write('before ');
    console.log(res.outputData.length > 0, res.writableLength > 0);
    res.assignSocket(sink);
    try {
      res.assignSocket(sink);
    } catch (error) {
      console.log(error.code);
    }
    res.end('after');
    await wait(5);
    console.log('assigned', mask(out.join('')));
    res.detachSocket(sink);
    console.log(res.socket, sink._httpMessage);
  }
  {
    const server = await start({ keepAlive: true, keepAliveInitialDelay: 1000, noDelay: false, highWaterMark: 1000 }, (req, res) => res.end(`${req.socket.readableHighWaterMark} ${res.writableHighWaterMark} ${req.readableHighWaterMark}`));
    console.log('highWaterMark', await text(get(server)));
    await stop(server);
  }
  {
    const server = await start({}, (req, res) => {
      res.setHeaders(new Map([['a', '1'], ['set-cookie', ['x', 'y']]]));
      res.appendHeader('A', '2');
      res.writeHead(200, ['B', '3', 'b', '4', 'A', '5']);
      res.end();
    });
    const [res] = await once(get(server), 'response');
    res.resume();
    console.log(res.rawHeaders.filter((v) => !/Date|GMT/.test(v)).join('|'), JSON.stringify(res.headersDistinct.a), res.headers['set-cookie'].length);
    await stop(server);
  }
  {
    const agent = new http.Agent({ keepAlive: true, scheduling: 'fifo', maxFreeSockets: 1 });
    const server = await start({}, (req, res) => setTimeout(() => res.end(String(req.socket.remotePort)), 10));
    const ports = await Promise.all([1, 2].map(() => text(get(server, { agent }))));
    await wait(5);
    const [name] = Object.keys(agent.freeSockets);
    console.log('free sockets', new Set(ports).size, agent.freeSockets[name].length, agent.totalSocketCount, name.replace(/\d{4,}/, 'PORT'));
    const req = get(server, { agent });
    req.on('socket', (socket) => console.log('reused', req.reusedSocket, socket.destroyed));
    await text(req);
    // The server closes the idle connection: it leaves the pool.
    server.closeIdleConnections();
    await wait(20);
    console.log(Object.keys(agent.freeSockets).length, agent.totalSocketCount);
    await stop(server);
  }
  {
    const req = http.request('http://user:pass@127.0.0.1:1/path?query#hash', { method: 'POST', headers: { x: 'y' } });
    req.on('error', (error) => console.log('url', error.code));
    console.log(req.method, req.path, req.host, req.protocol, req.getHeader('authorization'), req.getHeader('host'), req.getRawHeaderNames());
    req.destroy();
    await wait(5);
    const ipv6 = http.request({ host: '::1', port: 1, setHost: true });
    console.log(ipv6.getHeader('host'));
    ipv6.on('error', () => {}).destroy();
  }
})();
