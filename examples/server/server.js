// SPDX-License-Identifier: MIT
// An HTTP server with two endpoints: /fast says hello, /slow?n=N counts the primes below N, which takes a while. Where that happens is
// all that differs: on the thread that also answers /fast, on one worker thread, or on a pool of them.
//
//   ./dev run examples/server/server.js blocking|worker|pool [PORT]
//
// load.js measures the difference.
'use strict';
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { WorkerPool } = require('../lib/worker_pool.js');
const { countPrimes } = require('./lib/heavy.js');

const [mode, port = 0] = process.argv.slice(2);
const sizes = { blocking: 0, worker: 1, pool: os.availableParallelism() };
if (!(mode in sizes)) {
  console.log('usage: server.js blocking|worker|pool [PORT]');
  process.exit();
}

const pool = sizes[mode] > 0 ? new WorkerPool(path.join(__dirname, 'lib', 'heavy.js'), sizes[mode]) : null;

function heavy(n, callback) {
  if (pool) pool.run(n, callback);
  else callback(null, countPrimes(n)); // until this returns nobody else is served
}

const server = http.createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://server');
  const n = Number(searchParams.get('n') ?? 50000);
  if (pathname === '/fast') {
    res.end('hello\n');
  } else if (pathname !== '/slow') {
    res.writeHead(404).end('not here\n');
  } else if (!Number.isInteger(n) || n < 0 || n > 1e7) {
    res.writeHead(400).end('n is no number from 0 to 10000000\n');
  } else {
    heavy(n, (error, count) => (error ? res.writeHead(500).end(`${error.message}\n`) : res.end(`${count}\n`)));
  }
});

// The end: no new connections, those in work are answered, then the workers go and nothing is left to wait for.
process.once('SIGTERM', () => {
  server.close(() => pool?.close());
  server.closeIdleConnections();
});

server.listen(Number(port), '127.0.0.1', () => console.log(`${mode} listens on ${server.address().port}`));
