// SPDX-License-Identifier: MIT
// The program of a storm's worker: what it is to do until its fate comes.
'use strict';
const wt = require('worker_threads');
const assert = require('assert');
const { Actor, Planned, Tables } = require('./actor.js');
const { ENDED, THREAD } = require('./tables.js');

const { id, seed, memory, depth, steps, fate, code, end, environment } = wt.workerData;
const tables = new Tables(memory), actor = new Actor(id, seed, tables, depth, steps);
process.on('exit', () => tables.set(id, ENDED, 1));
tables.set(id, THREAD, wt.threadId);
for (const n in environment) assert.deepStrictEqual(wt.getEnvironmentData(`key ${n}`), environment[n]);

actor.parent = { port: wt.parentPort, channel: -1, closer: false, in: 0, out: 0 };
actor.links.add(actor.parent);
wt.parentPort.on('message', (m) => actor.receive(actor.parent, m));
if (end) actor.adopt(end);
actor.onrest = () => {
  actor.closedParent = true;
  wt.parentPort.close();
};

const ends = {
  fin() {},
  module() {},
  drop() {},
  kill() {},
  exit: () => process.exit(code),
  throw() {
    throw new Planned('planned');
  },
  reject: () => void Promise.reject(new Planned('planned')),
  close() {
    tables.set(id, ENDED, 1); // what comes now is not read
    actor.closedParent = true;
    wt.parentPort.close();
    actor.finish();
  },
  loop() {
    const kind = actor.random(7), cells = new Int32Array(new SharedArrayBuffer(8));
    if (kind === 0) for (;;);
    if (kind === 1) Atomics.wait(cells, 0, 0);
    if (kind === 2) (function tick() {
      process.nextTick(tick);
    })();
    if (kind === 3) (async () => {
      for (;;) await 0;
    })();
    if (kind === 4) for (;;) Array.from({ length: 1000 }, Math.random).sort(() => Math.random() - 0.5);
    if (kind === 5) /^(a+)+\1c$/.test('a'.repeat(40) + 'b');
    if (kind === 6) (function again() {
      setImmediate(again);
    })();
  },
};
actor.run(() => ends[fate]());
