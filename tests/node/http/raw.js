// SPDX-License-Identifier: MIT
// timeout: 30
// What a server answers to bytes: methods, versions, keep-alive, pipelining, chunks, errors.
// skip: gc-stress,tsan it waits for milliseconds
'use strict';
const http = require('http');
const net = require('net');

const mask = (text) => text.replace(/Date: [^\r]+/g, 'Date: D');

// Sends the parts to a server with the handler, prints what comes back and which events there were.
function run(name, options, handler, parts, setUp = () => {}) {
  return new Promise((resolve) => {
    const log = [];
    const server = http.createServer(options, (req, res) => {
      log.push(`request ${req.method} ${req.url} ${req.httpVersion} ${JSON.stringify(req.headers)} ${req.complete}`);
      handler(req, res, log);
    });
    setUp(server, log);
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1');
      let answer = '';
      socket.setNoDelay(true);
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('error', (error) => log.push(`client error ${error.code}`));
      socket.on('close', () => {
        server.close(() => {
          console.log(`--- ${name}`);
          for (const line of log) console.log(line);
          console.log(JSON.stringify(mask(answer)).replaceAll('\\r\\n', '\n'));
          resolve();
        });
      });
      const next = () => {
        if (parts.length === 0) return;
        const part = parts.shift();
        if (part === null) socket.end();
        else socket.write(part, 'latin1');
        setTimeout(next, 15);
      };
      next();
    });
  });
}

const hello = (req, res) => res.end('hello');
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', LAST = 'GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const body = (req, res, log) => {
  let text = '';
  req.setEncoding('latin1');
  req.on('data', (chunk) => (text += chunk));
  req.on('end', () => {
    log.push(`body ${JSON.stringify(text)} ${req.complete} ${JSON.stringify(req.trailers)} ${JSON.stringify(req.rawTrailers)}`);
    res.end(String(text.length));
  });
};

(async () => {
  await run('keep-alive', {}, hello, [GET, GET, LAST]);
  await run('pipelined', {}, hello, [GET + GET + LAST]);
  await run('byte by byte', {}, hello, [...(GET + LAST)].map((c) => c));
  await run('HTTP/1.0', {}, hello, ['GET / HTTP/1.0\r\n\r\n']);
  await run('HTTP/1.0 keep-alive', {}, hello, ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', 'GET /2 HTTP/1.0\r\n\r\n']);
  await run('HEAD', {}, hello, ['HEAD / HTTP/1.1\r\nHost: x\r\n\r\n' + LAST]);
  await run('no host', {}, hello, ['GET / HTTP/1.1\r\n\r\n']);
  await run('no host is fine', { requireHostHeader: false }, hello, ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n']);
  await run('body', {}, body, ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab', 'cde' + LAST]);
  await run('chunks', {}, body, ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3\r\nab', 'c\r\n2;x=y\r\nde\r\n0\r\nT: v\r\nT: w\r\n\r\n', LAST]);
  await run('body that nobody reads', {}, hello, ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab', 'cde' + LAST]);
  await run('several writes', {}, (req, res) => {
    res.write('a');
    res.write(Buffer.from('bc'));
    setTimeout(() => res.end('d'), 10);
  }, [LAST]);
  await run('several writes, HTTP/1.0', {}, (req, res) => {
    res.write('a');
    res.end('d');
  }, ['GET / HTTP/1.0\r\n\r\n']);
  await run('length and writes', {}, (req, res) => {
    res.writeHead(201, 'Made', { 'Content-Length': 3, 'X-List': ['a', 'b'], 'Set-Cookie': ['c', 'd'] });
    res.write('ab');
    res.end('c');
  }, [GET + LAST]);
  await run('trailers', {}, (req, res) => {
    res.writeHead(200, { Trailer: 'X' });
    res.write('a');
    res.addTrailers({ X: 'y' });
    res.end();
  }, [LAST]);
  for (const status of [204, 304, 205, 100, 599]) {
    await run(`status ${status}`, {}, (req, res) => {
      res.statusCode = status;
      res.end('text');
    }, [GET + LAST]).catch((e) => console.log(e.message));
  }
  await run('out of order', {}, (req, res) => {
    setTimeout(() => res.end(req.url), req.url === '/last' ? 0 : 30);
  }, [GET + LAST]);
  await run('removed headers', {}, (req, res) => {
    for (const name of ['date', 'connection', 'content-length', 'transfer-encoding']) res.removeHeader(name);
    res.end('x');
  }, [LAST]);
  await run('connection: close by us', {}, (req, res) => {
    res.setHeader('Connection', 'close');
    res.end('x');
  }, [GET + LAST]);
  await run('informational', {}, (req, res) => {
    res.writeContinue();
    res.writeProcessing();
    res.writeEarlyHints({ link: ['</a.css>; rel=preload; as=style', '</b.js>; rel=preload'], 'x-trace': 'id' });
    res.end('x');
  }, [LAST]);
  await run('expect', {}, body, ['POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n', 'ab' + LAST]);
  await run('expect something else', {}, hello, ['GET / HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n' + LAST]);
  await run('checkContinue', {}, hello, ['POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n', 'ab'], (server, log) => {
    server.on('checkContinue', (req, res) => {
      log.push('checkContinue');
      res.statusCode = 413;
      res.end('no');
    });
  });
  await run('checkExpectation', {}, hello, ['GET / HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n' + LAST], (server, log) => {
    server.on('checkExpectation', (req, res) => {
      log.push('checkExpectation');
      res.end('fine');
    });
  });
  await run('maxRequestsPerSocket', {}, hello, [GET, GET, GET, GET], (server, log) => {
    server.maxRequestsPerSocket = 2;
    server.on('dropRequest', (req) => log.push(`dropRequest ${req.url}`));
  });
  const bad = ['x\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n',
    'GET / HTTP/1.1\nHost: x\n\n', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', `GET /${'a'.repeat(17000)} HTTP/1.1\r\n`,
    `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(17000)}\r\n`, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET',
    'CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'];
  for (const text of bad) {
    await run(`bad ${JSON.stringify(text).slice(0, 100)}`, {}, hello, [text]);
    await run('clientError', {}, hello, [text], (server, log) => {
      server.on('clientError', (error, socket) => {
        log.push(`clientError ${error.code} ${error.message} ${error.reason} ${error.bytesParsed > 0} ${Buffer.isBuffer(error.rawPacket)} ${socket.writable}`);
        socket.end('HTTP/1.1 400 Own\r\n\r\n');
      });
    });
  }
  await run('half a request', {}, hello, ['GET / HTT', null]);
  await run('half a body', {}, (req, res, log) => {
    req.on('aborted', () => log.push('aborted'));
    req.on('error', (error) => log.push(`error ${error.code} ${error.message}`));
    req.on('close', () => log.push(`close ${req.destroyed} ${req.aborted} ${req.complete}`));
    res.on('close', () => log.push(`res close ${res.writableFinished}`));
    req.resume();
  }, ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab', null]);
  await run('insecure', { insecureHTTPParser: true }, hello, ['GET / HTTP/1.1\nHost: x\nA: b\n c\nConnection: close\n\n']);
  await run('upgrade without listener', {}, hello, ['GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: y\r\n\r\n']);
  await run('upgrade', {}, hello, ['GET /up HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\nhead', 'more'], (server, log) => {
    server.on('upgrade', (req, socket, head) => {
      log.push(`upgrade ${req.url} ${head} ${req.upgrade}`);
      socket.write('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\n\r\n');
      socket.on('data', (chunk) => {
        log.push(`data ${chunk}`);
        socket.end('bye');
      });
    });
  });
  await run('connect', {}, hello, ['CONNECT a:80 HTTP/1.1\r\nHost: x\r\n\r\n', 'more'], (server, log) => {
    server.on('connect', (req, socket, head) => {
      log.push(`connect ${req.url} ${head.length}`);
      socket.write('HTTP/1.1 200 Fine\r\n\r\n');
      socket.on('data', (chunk) => socket.end(`got ${chunk}`));
    });
  });
  await run('maxHeaderSize', { maxHeaderSize: 100 }, hello, [`GET / HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(200)}\r\n\r\n`]);
  await run('maxHeadersCount', {}, (req, res) => res.end(`${Object.keys(req.headers)} ${req.rawHeaders.length}`),
    ['GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: b\r\nC: d\r\n\r\n'], (server) => (server.maxHeadersCount = 3));
  await run('many headers', {}, (req, res) => res.end(`${Object.keys(req.headers).length} ${req.rawHeaders.length}`),
    [`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Array.from({ length: 100 }, (_, i) => `H${i}: ${i}\r\n`).join('')}\r\n`]);
  await run('joinDuplicateHeaders', { joinDuplicateHeaders: true }, hello, ['GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\nCookie: a\r\ncookie: b\r\nConnection: close\r\n\r\n']);
  await run('uniqueHeaders', { uniqueHeaders: ['X-A'] }, (req, res) => {
    res.setHeader('x-a', ['1', '2']);
    res.setHeader('x-b', ['1', '2']);
    res.end();
  }, [LAST]);
  await run('strictContentLength', {}, (req, res, log) => {
    res.strictContentLength = true;
    res.setHeader('Content-Length', 3);
    res.flushHeaders();
    for (const text of ['abcd', 'ab']) {
      try {
        res.write(text);
      } catch (error) {
        log.push(`${error.code} ${error.message}`);
      }
    }
    try {
      res.end();
    } catch (error) {
      log.push(`${error.code} ${error.message}`);
      res.end('c');
    }
  }, [LAST]);
  await run('rejectNonStandardBodyWrites', { rejectNonStandardBodyWrites: true }, (req, res, log) => {
    res.statusCode = 204;
    try {
      res.end('x');
    } catch (error) {
      log.push(`${error.code} ${error.message}`);
      res.end();
    }
  }, [LAST]);
  await run('optimizeEmptyRequests', { optimizeEmptyRequests: true }, (req, res, log) => {
    log.push(`${req.readableEnded} ${req.destroyed} ${req._dumped}`);
    res.end();
  }, [LAST]);
})();
