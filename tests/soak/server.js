// SPDX-License-Identifier: MIT
// The server that soak.js loads: a path for each kind of work. It ends when its parent is gone.
'use strict';
const { execFile } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pipeline } = require('node:stream');
const { Worker } = require('node:worker_threads');
const zlib = require('node:zlib');
const { WorkerPool } = require('../../examples/lib/worker_pool.js');

const MUCH = Buffer.alloc(1 << 20, 'much ');
const pool = new WorkerPool(path.join(__dirname, 'sum.js'), 2);
const nop = () => {};

const paths = {
  '/hello': (req, res) => res.end('hello'),
  '/echo': (req, res) => pipeline(req, res, nop),
  async '/json'(req, res) {
    let text = '';
    for await (const chunk of req.setEncoding('utf8')) text += chunk;
    res.setHeader('content-type', 'application/json').end(JSON.stringify({ sum: JSON.parse(text).list.reduce((sum, { i }) => sum + i, 0) }));
  },
  '/file': (req, res) => pipeline(fs.createReadStream(__filename), res, nop),
  '/gzip': (req, res) => pipeline(fs.createReadStream(__filename), zlib.createGzip(), res, nop),
  '/throw': async () => { throw new Error('on purpose'); },
  '/pool': (req, res) => pool.run(10, (error, sum) => res.end(String(error ?? sum))),
  '/hash': (req, res) => crypto.pbkdf2('p', 's', 500, 32, 'sha256', (error, key) => res.end(key.toString('hex'))),
  '/much': (req, res) => { for (let i = 0; i < 8; i++) res.write(MUCH); res.end(); },
  '/worker': (req, res) => { new Worker('require("worker_threads").parentPort.postMessage("from a worker")', { eval: true }).once('message', (text) => res.end(text)); },
  '/child': (req, res) => execFile('echo', ['from a child'], (error, stdout) => res.end(stdout)),
};

const server = http.createServer(async (req, res) => {
  try {
    const f = paths[new URL(req.url, 'http://x').pathname];
    if (f === undefined) res.writeHead(404).end();
    else await f(req, res);
  } catch (error) {
    res.writeHead(500).end(error.message);
  }
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send(process.memoryUsage()));
process.on('disconnect', () => process.exit());
