// SPDX-License-Identifier: MIT
// Work that is no JavaScript needs no workers: key derivation, files and name lookups run on libuv's threads, four for the whole process unless
// UV_THREADPOOL_SIZE says otherwise. Sixteen jobs of each kind at once, and a file read behind four long jobs, with different sizes.
// env: SHORT=1
//
//   ./dev run examples/server/threadpool.js [--out=FOLDER]
//
// prints a table and writes FOLDER/threadpool.svg. The size counts when the process starts, so each is measured in a process of its own.
'use strict';
const { execFileSync } = require('node:child_process');
const crypto = require('node:crypto');
const dns = require('node:dns');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs, promisify } = require('node:util');
const { chart } = require('./lib/chart.js');
const { percentile, table } = require('./lib/statistics.js');

const short = process.env.SHORT === '1';
const { values: options } = parseArgs({ options: { child: { type: 'string' }, out: { type: 'string', default: '.' } } });
const JOBS = 16, ITERATIONS = short ? 50 : 100000, COST = short ? 2 : 2 ** 14, FILE_BYTES = 1 << 20;
const pbkdf2 = promisify(crypto.pbkdf2), scrypt = promisify(crypto.scrypt);

const jobs = {
  pbkdf2: () => pbkdf2('secret', 'salt', ITERATIONS, 32, 'sha256'),
  scrypt: () => scrypt('secret', 'salt', 32, { N: COST }),
  readFile: (folder) => fs.promises.readFile(path.join(folder, 'data')),
  'dns.lookup': () => dns.promises.lookup('localhost'),
};

async function elapsed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

// In a process of its own: how long sixteen of each take, and how long a file waits behind others.
async function measure(folder) {
  const out = {};
  for (const [name, job] of Object.entries(jobs)) {
    await job(folder);
    out[name] = await elapsed(() => Promise.all(Array.from({ length: JOBS }, () => job(folder))));
  }
  const waits = [];
  for (let round = 0; round < (short ? 1 : 5); round++) {
    const busy = Array.from({ length: 4 }, () => jobs.pbkdf2());
    waits.push(await elapsed(() => jobs.readFile(folder)));
    await Promise.all(busy);
  }
  out.behind = percentile(waits, 0.5);
  console.log(JSON.stringify(out));
}

function main() {
  const sizes = short ? [1, 4] : [1, 2, 4, 8, 16], results = [];
  for (const size of sizes) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'threadpool-'));
    try {
      fs.writeFileSync(path.join(folder, 'data'), Buffer.alloc(FILE_BYTES, 'x'));
      const text = execFileSync(process.execPath, [__filename, `--child=${folder}`], { env: { ...process.env, UV_THREADPOOL_SIZE: String(size) }, encoding: 'utf8' });
      results.push(JSON.parse(text));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
    if (short) console.log(`${size}: ${Object.keys(results.at(-1)).join(', ')}`);
  }
  const names = { pbkdf2: `${JOBS} × pbkdf2`, scrypt: `${JOBS} × scrypt`, readFile: `${JOBS} × readFile`, behind: 'readFile behind 4' };
  fs.writeFileSync(path.join(options.out, 'threadpool.svg'), chart({
    title: 'Work on libuv\'s pool, by UV_THREADPOOL_SIZE', unit: 'ms', lines: true, categories: sizes.map(String),
    series: Object.entries(names).map(([key, name]) => ({ name, values: results.map((r) => r[key]) })),
  }));
  if (short) return;
  console.log(table(['UV_THREADPOOL_SIZE', ...Object.keys(jobs).map((name) => `${JOBS} × ${name} ms`), 'readFile behind 4 × pbkdf2 ms'], results.map((r, i) => [String(sizes[i]), ...Object.keys(jobs).map((name) => r[name]), r.behind])));
}

if (options.child) measure(options.child);
else main();
