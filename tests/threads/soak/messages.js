// SPDX-License-Identifier: MIT
// timeout: 60
// Messages between all pairs of several isolates, both ways at once: none is lost, doubled, out of order or changed.
//   messages.js [COUNT]     in all; 10000000 for the full run
'use strict';
const { Worker, MessageChannel, isMainThread, workerData } = require('worker_threads');
const assert = require('assert');
const ISOLATES = 4, CHANNELS = ISOLATES * (ISOLATES - 1); // one way each
const AHEAD = 2000, BURST = 100; // messages under way on a channel, messages at a time

// What the n-th message of a channel is, besides its number.
function contentOf(n, channel) {
  switch (n % 16) {
    case 3: return `text ${n}`;
    case 7: return [n, channel, 'é'];
    case 11: return { channel, n, inner: { half: n / 2 } };
    case 15: return n % 1024 === 15 ? new Uint8Array(100).fill(n & 255) : null;
    default: return undefined;
  }
}
function check(content, n, channel) {
  const expected = contentOf(n, channel);
  if (typeof expected === 'object' && expected !== null) assert.deepStrictEqual(content, expected);
  else assert.strictEqual(content, expected);
}

// `links`: of every other isolate: { port, out, in } with the numbers of the channels. Calls done when all has come and gone.
function run(links, memory, each, done) {
  const arrived = new Int32Array(memory);
  let open = 2 * links.length;
  const end = () => {
    if (--open === 0) done();
  };
  for (const { port, out, in: incoming } of links) {
    let next = 0, sent = 0;
    port.on('message', (m) => {
      assert.strictEqual(m.n, next, `channel ${incoming}`);
      check(m.content, next, incoming);
      next++;
      Atomics.store(arrived, incoming, next);
      if (next === each) end();
    });
    (function send() {
      const stop = Math.min(each, sent + BURST, Atomics.load(arrived, out) + AHEAD);
      while (sent < stop) {
        const content = contentOf(sent, out);
        port.postMessage(content === undefined ? { n: sent } : { n: sent, content });
        sent++;
      }
      if (sent < each) setImmediate(send);
      else end();
    })();
  }
}

if (isMainThread) {
  const count = Number(process.argv[2] ?? (process.env.WEFT_PRESET && process.env.WEFT_PRESET !== 'release' ? 6000 : 60000));
  const each = Math.ceil(count / CHANNELS), memory = new SharedArrayBuffer(4 * CHANNELS), links = Array.from({ length: ISOLATES }, () => []);
  let number = 0;
  for (let a = 0; a < ISOLATES; a++) {
    for (let b = 0; b < a; b++) {
      const { port1, port2 } = new MessageChannel(), there = number++, back = number++;
      links[a].push({ port: port1, out: there, in: back });
      links[b].push({ port: port2, out: back, in: there });
    }
  }
  const start = performance.now();
  let left = ISOLATES;
  const ended = () => {
    if (--left) return;
    assert.deepStrictEqual([...new Int32Array(memory)], Array(CHANNELS).fill(each));
    const seconds = (performance.now() - start) / 1000;
    if (process.argv[2]) console.log(`${each * CHANNELS} messages in ${seconds.toFixed(1)} s, ${Math.round(each * CHANNELS / seconds)} per second`);
  };
  for (let i = 1; i < ISOLATES; i++) {
    const transferList = links[i].map((link) => link.port);
    const worker = new Worker(__filename, { workerData: { links: links[i], memory, each }, transferList });
    worker.on('exit', (code) => {
      assert.strictEqual(code, 0);
      ended();
    });
  }
  // Only workers close: a closed end takes no more.
  run(links[0], memory, each, () => {
    for (const { port } of links[0]) port.unref();
    ended();
  });
  process.on('exit', () => assert.strictEqual(left, 0));
} else {
  const { links, memory, each } = workerData;
  run(links, memory, each, () => {
    for (const { port } of links) port.unref();
  });
}
