// SPDX-License-Identifier: MIT
// Requests: their events in order, agents and their sockets, timeouts, aborts, errors.
// timeout: 30
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');
const { once } = require('events');

const log = [];
const show = (name) => {
  console.log(`--- ${name}`);
  for (const line of log.splice(0)) console.log(line);
};
const closed = (emitter) => new Promise((resolve) => emitter.on('close', resolve)); // errors are not its business
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function watch(req, name = 'req') {
  for (const event of ['socket', 'finish', 'response', 'continue', 'information', 'upgrade', 'connect', 'timeout', 'abort', 'error', 'close']) {
    req.on(event, (v) => {
      let more = '';
      if (event === 'error') more = ` ${v.name} ${v.code} ${v.message}`;
      if (event === 'information') more = ` ${v.statusCode} ${v.statusMessage} ${JSON.stringify(v.headers)}`;
      if (event === 'response') more = ` ${v.statusCode} ${v.statusMessage} ${v.httpVersion} ${v.complete}`;
      log.push(`${name} ${event}${more}`);
      if (event === 'response') {
        let size = 0;
        v.on('data', (chunk) => (size += chunk.length));
        for (const e of ['end', 'aborted', 'error', 'close']) v.on(e, (error) => log.push(`${name} res ${e} ${size} ${v.complete} ${error?.code ?? ''}`));
      }
    });
  }
  return req;
}

function listen(handler, options = {}) {
  const server = http.createServer(options, handler);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
async function shut(server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
const at = (server, more) => ({ host: '127.0.0.1', port: server.address().port, ...more });

(async () => {
  const echo = await listen((req, res) => {
    let text = '';
    req.setEncoding('utf8');
    req.on('data', (chunk) => (text += chunk));
    req.on('end', () => {
      const { host, ...headers } = req.headers;
      res.setHeader('Date', 'D');
      res.end(JSON.stringify([req.method, req.url, headers, req.rawHeaders.filter((v, i) => i % 2 === 0), text]));
    });
  });
  const ask = async (name, options, ...body) => {
    const req = http.request(at(echo, options));
    for (const chunk of body) req.write(chunk);
    req.end();
    const [res] = await once(req, 'response');
    let text = '';
    res.setEncoding('utf8');
    for await (const chunk of res) text += chunk;
    log.push(text, JSON.stringify(res.headers));
    show(name);
  };
  const closing = { agent: false };
  await ask('get', closing);
  await ask('get with path and headers', { ...closing, path: '/a?b=c', headers: { 'X-A': 'b', List: ['1', '2'], Cookie: ['a', 'b'] } });
  await ask('headers as a list', { ...closing, headers: ['Host', 'h', 'A', 'b', 'A', 'c'] });
  await ask('auth', { ...closing, auth: 'me:secret' });
  await ask('post', { ...closing, method: 'post' }, 'one', Buffer.from('two'));
  await ask('post with length', { ...closing, method: 'PUT', headers: { 'Content-Length': 6 } }, 'one', 'two');
  await ask('post nothing', { ...closing, method: 'POST' });
  await ask('delete', { ...closing, method: 'DELETE' });
  await ask('delete with body', { ...closing, method: 'DELETE' }, 'x');
  await ask('keep-alive', { agent: new http.Agent({ keepAlive: true, timeout: 300 }) });
  await ask('no default headers', { ...closing, setDefaultHeaders: false, headers: { Host: 'x', Connection: 'close' } });

  {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const requests = [1, 2, 3].map((n) => watch(http.get(at(echo, { agent, path: `/${n}` })), `req${n}`));
    log.push(Object.keys(agent.sockets).length, Object.values(agent.requests).map((l) => l.length).join());
    await Promise.all(requests.map((r) => closed(r)));
    await wait(5);
    log.push(requests.map((r) => `${r.reusedSocket} ${r.destroyed} ${r.writableEnded} ${r.res.complete}`).join(', '));
    log.push(Object.values(agent.freeSockets).map((l) => l.length).join(), Object.values(agent.sockets).length, agent.totalSocketCount);
    agent.destroy();
    await wait(5);
    log.push(Object.values(agent.freeSockets).length, agent.totalSocketCount);
    show('agent with one socket');
  }
  {
    const agent = new http.Agent({ keepAlive: true, maxTotalSockets: 1 });
    await Promise.all(['127.0.0.1', 'localhost'].map((host) => once(http.get({ ...at(echo), host, family: 4, agent }, (res) => res.resume()), 'close')));
    log.push(agent.totalSocketCount);
    agent.destroy();
    show('maxTotalSockets');
  }
  {
    const req = watch(http.get({ host: '127.0.0.1', port: 1 }));
    await closed(req);
    show('refused');
  }
  await shut(echo);

  {
    const server = await listen((req, res) => {
      switch (req.url) {
        case '/info':
          res.writeEarlyHints({ link: '</a>; rel=preload' });
          res.writeProcessing();
          res.end('done');
          break;
        case '/hang': break;
        case '/slow':
          res.write('part');
          setTimeout(() => res.end('rest'), 60);
          break;
        case '/cut':
          res.writeHead(200, { 'Content-Length': 10 });
          res.write('part');
          setTimeout(() => res.socket.destroy(), 10);
          break;
        case '/drop': req.socket.destroy(); break;
        case '/head': res.setHeader('Content-Length', 7).end(); break;
        case '/304': res.writeHead(304).end(); break;
        case '/big': res.end('x'.repeat(1 << 20)); break;
        default: res.end('?');
      }
    });
    const plain = { agent: false };
    const one = async (name, path, options = {}, act = () => {}) => {
      const req = watch(http.get(at(server, { ...plain, ...options, path })));
      act(req);
      await closed(req);
      await wait(10);
      log.push(`${req.destroyed} ${req.aborted} ${req.closed} ${req.errored?.message ?? req.errored} ${req.writableFinished}`);
      show(name);
    };
    await one('information', '/info');
    await one('cut', '/cut');
    await one('dropped', '/drop');
    await one('HEAD', '/head', { method: 'HEAD' });
    await one('304', '/304');
    await one('big', '/big');
    await one('destroyed at once', '/hang', {}, (req) => req.destroy());
    await one('destroyed with an error', '/hang', {}, (req) => req.destroy(new Error('mine')));
    await one('aborted', '/hang', {}, (req) => req.abort());
    await one('destroyed later', '/hang', {}, (req) => setTimeout(() => req.destroy(), 20));
    await one('destroyed in the response', '/slow', {}, (req) => req.on('response', () => setTimeout(() => req.destroy(), 10)));
    await one('response destroyed', '/slow', {}, (req) => req.on('response', (res) => setTimeout(() => res.destroy(new Error('mine')), 10)));
    await one('signal', '/hang', { signal: AbortSignal.timeout(20) });
    await one('signal aborted before', '/hang', { signal: AbortSignal.abort() });
    await one('timeout option', '/hang', { timeout: 20 }, (req) => req.on('timeout', () => req.destroy(new Error('too slow'))));
    await one('setTimeout', '/hang', {}, (req) => req.setTimeout(20, () => req.destroy()));
    await one('setTimeout, in time', '/info', {}, (req) => req.setTimeout(1000));
    await shut(server);
  }

  {
    const answers = {
      'until close': 'HTTP/1.1 200 OK\r\n\r\nall of it',
      'HTTP/1.0': 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab',
      'nothing': '',
      'junk': 'junk\r\n\r\n',
      'half a head': 'HTTP/1.1 200 OK\r\nA: b',
      'half a body': 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab',
      'half a chunk': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
      'two responses': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\ncd',
      'both lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab',
      'long head': `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(20000)}\r\n\r\n`,
      'continue': 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      'trailers': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nT: v\r\n\r\n',
      'upgrade': 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nraw',
    };
    for (const [name, text] of Object.entries(answers)) {
      const server = net.createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(text, 'latin1'));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const req = watch(http.get(at(server, { agent: false })));
      req.on('response', (res) => res.on('end', () => log.push(JSON.stringify([res.trailers, res.rawTrailers, res.headers]).slice(0, 100))));
      req.on('upgrade', (res, socket, head) => {
        log.push(`head ${head} ${res.statusCode} ${socket === req.socket}`);
        socket.destroy();
      });
      await closed(req);
      await wait(10);
      show(`answer: ${name}`);
      server.close();
    }
  }
  {
    const server = http.createServer();
    server.on('connect', (req, socket, head) => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      socket.on('data', (chunk) => socket.end(`echo ${chunk}`));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const req = watch(http.request(at(server, { method: 'CONNECT', path: 'x:1' })));
    req.end();
    const [res, socket, head] = await once(req, 'connect');
    socket.write('hi');
    const [chunk] = await once(socket, 'data');
    log.push(`${res.statusCode} ${head.length} ${chunk}`);
    await wait(5);
    show('connect');
    server.close();
  }
  {
    const server = await listen((req, res) => res.end());
    const req = http.request(at(server, { method: 'POST', headers: { Expect: '100-continue' }, agent: false }));
    watch(req);
    req.on('continue', () => req.end('body'));
    await closed(req);
    show('expect');
    await shut(server);
  }
})();
