// SPDX-License-Identifier: MIT
// The worker of comlink.js; workerData says which entry of the package it takes, and where its modules are.
'use strict';
const {parentPort, workerData} = require('worker_threads');
const tasks = require('./tasks.js');

class Counter {
  #n;
  constructor(start = 0) { this.#n = start; this.name = 'counter'; }
  static create(start) { return new Counter(start); }
  increment(by = 1) { this.#n += by; return this.#n; }
  get value() { return this.#n; }
}

const api = {
  Counter,
  list: [1, 2, 3],
  nested: {deep: {answer: 42, twice: (n) => n * 2}},
  primes: tasks.primes,
  queens: (n) => tasks.queens(n),
  fail: tasks.fail,
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  throw_value: (value) => { throw value; },
  echo: (...all) => all,
};

module.exports = (comlink, nodeEndpoint) => {
  comlink.expose({
    ...api,
    call: async (callback, n) => { for (let i = 0; i < n; i++) await callback(i, i * i); return 'called'; },
    scale: (bytes, factor) => { const scaled = tasks.scale(bytes, factor); return comlink.transfer(scaled, [scaled.buffer]); },
    counter: (start) => comlink.proxy(new Counter(start)),
    inspect: async (object) => [await object.name, await object.double(21)],
    port: (port) => { comlink.expose({who: () => 'behind the port'}, nodeEndpoint(port)); },
    released: {[comlink.finalizer]() { parentPort.postMessage('finalized'); }},
  }, nodeEndpoint(parentPort));
};

if (workerData.entry === 'cjs') module.exports(require('comlink'), require('comlink/dist/umd/node-adapter'));
else Promise.all([import('comlink/dist/esm/comlink.mjs'), import('comlink/dist/esm/node-adapter.mjs')]).then(([c, n]) => module.exports(c, n.default));
