// SPDX-License-Identifier: MIT
// Minutes of mixed load on a server (server.js), whose memory, descriptors and threads must stay flat. Not a part of ./dev test:
//
//   build/release/weft tests/soak/soak.js [--minutes=10] [--clients=8]
//
// Every kind of request runs all the time: keep-alive, new connections, bodies there and back, files, compressed streams, workers that start and end,
// children, key derivation, clients that go away in the middle. Every ten seconds a line; at the end what the server held in the second fifth of the
// time is compared with the last fifth. Exit status 1: it grew, or an answer was wrong.
'use strict';
const { fork } = require('node:child_process');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const zlib = require('node:zlib');

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, clients: { type: 'string', default: '8' } } });
const until = performance.now() + Number(values.minutes) * 60000;
const EVERY_MS = Math.min(10000, Number(values.minutes) * 2000); // thirty samples at least
const GROWTH = { rss: 8 << 20, descriptors: 8, threads: 2 }; // that is no leak in so short a time

const md5 = (data) => createHash('md5').update(data).digest('hex');
const counts = {}, wrong = {};

function request(port, target, { agent, method = 'GET', body } = {}) {
  return new Promise((resolve, reject) => {
    const req = http.request({ host: '127.0.0.1', port, agent, method, path: target }, (res) => {
      const parts = [];
      res.on('data', (chunk) => parts.push(chunk));
      res.on('error', reject);
      res.on('end', () => resolve([res.statusCode, Buffer.concat(parts)]));
    });
    req.on('error', reject);
    req.end(body);
  });
}

const body = Buffer.from('some bytes '.repeat(3000)), file = fs.readFileSync(path.join(__dirname, 'server.js'));
const kinds = {
  async hello(port, agent) { const [status, text] = await request(port, '/hello', { agent }); return status === 200 && text.toString() === 'hello'; },
  async connection(port) { const [, text] = await request(port, '/hello', { agent: false }); return text.length === 5; },
  async echo(port, agent) { const [, text] = await request(port, '/echo', { agent, method: 'POST', body }); return text.equals(body); },
  async json(port, agent) { const [, text] = await request(port, '/json', { agent, method: 'POST', body: JSON.stringify({ list: Array.from({ length: 100 }, (_, i) => ({ i })) }) }); return JSON.parse(text).sum === 4950; },
  async file(port, agent) { const [, text] = await request(port, '/file', { agent }); return md5(text) === md5(file); },
  async gzip(port, agent) { const [, text] = await request(port, '/gzip', { agent }); return zlib.gunzipSync(text).equals(file); },
  async missing(port, agent) { const [status] = await request(port, '/nothing', { agent }); return status === 404; },
  async throws(port, agent) { const [status] = await request(port, '/throw', { agent }); return status === 500; },
  async pool(port, agent) { const [, text] = await request(port, '/pool', { agent }); return text.toString() === '55'; },
  async hash(port, agent) { const [, text] = await request(port, '/hash', { agent }); return text.length === 64; },
  gone(port) { // asks for much and leaves after the first bytes
    return new Promise((resolve) => {
      const c = net.connect(port, '127.0.0.1', () => c.write('GET /much HTTP/1.1\r\nHost: x\r\n\r\n'));
      c.once('data', () => c.destroy());
      c.on('error', () => {});
      c.on('close', () => resolve(true));
    });
  },
  broken(port) {
    return new Promise((resolve) => {
      const c = net.connect(port, '127.0.0.1', () => c.end('NONSENSE\r\n\r\n'));
      let text = '';
      c.on('data', (chunk) => { text += chunk; });
      c.on('error', () => {});
      c.on('close', () => resolve(text === '' || text.startsWith('HTTP/1.1 400')));
    });
  },
};
const rare = {
  async worker(port, agent) { const [, text] = await request(port, '/worker', { agent }); return text.toString() === 'from a worker'; },
  async child(port, agent) { const [, text] = await request(port, '/child', { agent }); return text.toString() === 'from a child\n'; },
};

async function client(port, number) {
  const agent = new http.Agent({ keepAlive: true });
  for (let i = number; performance.now() < until; i++) {
    const all = i % 97 === 0 ? rare : kinds, names = Object.keys(all), name = names[(i % 97 === 0 ? i / 97 : i) % names.length];
    let isRight = false;
    try {
      isRight = await all[name](port, agent);
    } catch (error) {
      if (error.code !== 'ECONNRESET') wrong[error.code ?? error.message] = (wrong[error.code ?? error.message] ?? 0) + 1;
      else isRight = true; // a kept connection that the server closed in the same moment
    }
    counts[name] = (counts[name] ?? 0) + 1;
    if (!isRight) wrong[name] = (wrong[name] ?? 0) + 1;
  }
  agent.destroy();
}

function facts(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1');
  return { rss: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024, threads: Number(/Threads:\s+(\d+)/.exec(status)[1]), descriptors: fs.readdirSync(`/proc/${pid}/fd`).length };
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

(async () => {
  const server = fork(path.join(__dirname, 'server.js'));
  const [{ port }] = await once(server, 'message');
  const samples = [], start = performance.now();
  const clients = Array.from({ length: Number(values.clients) }, (_, i) => client(port, i * 13));
  while (performance.now() < until - EVERY_MS / 2) {
    await sleep(EVERY_MS);
    server.send('facts');
    const [heap] = await once(server, 'message');
    const sample = { ...facts(server.pid), heap: heap.heapUsed, own: facts(process.pid).rss };
    samples.push(sample);
    const requests = Object.values(counts).reduce((a, b) => a + b, 0);
    console.log(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${String(requests).padStart(8)} requests  rss ${(sample.rss / 1e6).toFixed(1)} MB  heap ${(sample.heap / 1e6).toFixed(1)} MB  ` +
      `${sample.descriptors} descriptors  ${sample.threads} threads  (client ${(sample.own / 1e6).toFixed(1)} MB)`);
  }
  await Promise.all(clients);
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const early = samples.slice(fifth, 2 * fifth), late = samples.slice(-fifth);
  let failed = Object.keys(wrong).length > 0;
  for (const [name, limit] of Object.entries(GROWTH)) {
    const [before, after] = [early, late].map((list) => median(list.map((sample) => sample[name])));
    const grew = after - before > Math.max(limit, name === 'rss' ? before * 0.1 : 0);
    failed ||= grew;
    console.log(`${name}: ${before} -> ${after}${grew ? ' GREW' : ''}`);
  }
  console.log(counts, 'wrong:', wrong);
  server.disconnect();
  await once(server, 'exit');
  process.exitCode = failed ? 1 : 0;
})();
