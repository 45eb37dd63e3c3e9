// SPDX-License-Identifier: MIT
// A server on a free port of this machine, and requests to it whose answers are printed without what differs from run to run.
'use strict';
const http = require('http');

async function listen(handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function close(server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

// 'GET /path', headers, body: the status, the headers but for the date, and the body.
function ask(port, line, headers = {}, body = undefined) {
  const [method, path] = line.split(' ');
  return new Promise((resolve, reject) => {
    const req = http.request({host: '127.0.0.1', port, method, path, headers, agent: false}, (res) => {
      const parts = [];
      res.on('data', (chunk) => parts.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const {date, 'last-modified': modified, ...rest} = res.headers;
        if (rest.etag && modified) rest.etag = 'of a file';
        resolve([res.statusCode, rest, Buffer.concat(parts).toString()]);
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

module.exports = {listen, close, ask};
