// SPDX-License-Identifier: MIT
// How long /fast of server.js takes while others ask for /slow: with the work on the server's own thread, on one worker, on a pool.
// env: SHORT=1
//
//   ./dev run examples/server/load.js [--seconds=5] [--clients=4] [--out=FOLDER]
//
// prints a table and writes FOLDER/latency.svg. Requests for /fast are due every 5 ms, whatever became of those before, and their time
// counts from when they were due: a server that stands still does not get away with few slow answers. With SHORT=1 (in tests) it runs a
// moment and prints no figures.
'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { chart } = require('./lib/chart.js');
const { countPrimes } = require('./lib/heavy.js');
const { percentile, table } = require('./lib/statistics.js');

const short = process.env.SHORT === '1';
const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: short ? '0.2' : '5' }, clients: { type: 'string', default: '4' }, out: { type: 'string', default: '.' } },
});
const N = short ? 2000 : 60000, EVERY_MS = 5, clients = Number(options.clients), seconds = Number(options.seconds);
const primes = `${countPrimes(N)}\n`;

async function startServer(mode) {
  const server = spawn(process.execPath, [path.join(__dirname, 'server.js'), mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(readline.createInterface({ input: server.stdout }), 'line');
  return { server, port: Number(line.split(' ').at(-1)) };
}

function get(port, agent, target, expected) {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, agent, path: target }, (res) => {
      let body = '';
      res.setEncoding('utf8').on('data', (chunk) => { body += chunk; });
      res.on('end', () => (body === expected ? resolve() : reject(new Error(`${target} answered ${JSON.stringify(body)}`))));
    }).on('error', reject);
  });
}

async function measure(mode) {
  const { server, port } = await startServer(mode);
  const agent = new http.Agent({ keepAlive: true });
  const fast = [], slow = [];
  const until = performance.now() + seconds * 1000;
  const askSlowly = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      await get(port, agent, `/slow?n=${N}`, primes);
      slow.push(performance.now() - start);
    }
  };
  const askFast = async () => {
    const pending = [];
    for (let due = performance.now(); due < until; due += EVERY_MS) {
      while (performance.now() < due) await sleep(1);
      pending.push(get(port, agent, '/fast', 'hello\n').then(() => fast.push(performance.now() - due)));
    }
    await Promise.all(pending);
  };
  await get(port, agent, '/fast', 'hello\n');
  await Promise.all([askFast(), ...Array.from({ length: clients }, askSlowly)]);
  agent.destroy();
  server.kill('SIGTERM');
  const [status] = await once(server, 'exit');
  if (status !== 0) throw new Error(`the server ended with ${status}`);
  return { mode, p50: percentile(fast, 0.5), p99: percentile(fast, 0.99), max: Math.max(...fast), answers: slow.length / seconds, slowP50: percentile(slow, 0.5) };
}

(async () => {
  const rows = [];
  for (const mode of ['blocking', 'worker', 'pool']) {
    rows.push(await measure(mode));
    if (short) console.log(`${mode}: both endpoints answer`);
  }
  const file = path.join(options.out, 'latency.svg');
  fs.writeFileSync(file, chart({
    title: 'Latency of /fast while /slow is asked for', unit: 'ms', categories: ['on the main thread', 'one worker', 'a pool of workers'],
    series: [{ name: 'p50', values: rows.map((r) => r.p50) }, { name: 'p99', values: rows.map((r) => r.p99) }],
  }));
  if (short) return console.log(`a chart of ${fs.readFileSync(file, 'utf8').match(/<rect/g).length} rectangles`);
  console.log(table(['/slow runs', '/fast p50 ms', 'p99 ms', 'max ms', '/slow per second', '/slow p50 ms'], rows.map((r) => [r.mode, r.p50, r.p99, r.max, r.answers, r.slowP50])));
})();
