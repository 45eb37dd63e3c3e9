// SPDX-License-Identifier: MIT
// tinypool: the same tasks on threads and in processes, isolation, recycling, channels, abort, limits, cancelling, teardown.
// entries: cjs esm
// sizes: full small
// timeout: 120
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const {MessageChannel} = require('worker_threads');
const path = require('path');

const filename = path.join(__dirname, 'workers', 'tinypool.mjs');
const facts = (error) => (error instanceof Error ? `${error.constructor.name} ${error.name} ${error.code} ${error.message}` : `not an error: ${text_of({...error, stack: undefined})}`);
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

run('tinypool', async (found) => {
  const Tinypool = found.default ?? found; // require gives the namespace of the ES module
  const count = small ? 15 : 60;
  for (const runtime of ['worker_threads', 'child_process']) {
    const label = (text) => `${runtime} ${text}`;
    const pool = new Tinypool({filename, runtime, minThreads: 2, maxThreads: 2, env: {...process.env, POOL_TEST: runtime}, argv: ['x', 'y'], workerData: {of: [runtime]}});
    show(label('default'), await pool.run({list: [1, 'x', null]}));
    show(label('primes'), await Promise.all(Array.from({length: count}, (_, i) => pool.run(i * (small ? 10 : 1000) + 2, {name: 'primes'}))));
    show(label('queens'), await Promise.all([4, 5, 6].map((n) => pool.run(n, {name: 'queens'}))));
    show(label('environment'), await pool.run(1, {name: 'environment'}));
    for (const kind of ['type', 'custom', 'code', 'node', 'file']) {
      show(label(`fail ${kind}`), await caught(pool.run(kind, {name: 'fail'})));
      show(label(`fail later ${kind}`), await caught(pool.run(kind, {name: 'fail_later'})));
    }
    show(label('no such name'), await caught(pool.run(1, {name: 'missing'})));
    show(label('no such file'), (await caught(pool.run(1, {filename: '/no/such/file.js'}))).replace(/imported from .*/, ''));
    show(label('facts'), [pool.completed, pool.queueSize, pool.threads.length, pool.waitTime === null, pool.options.runtime]);
    show(label('workers'), [pool.threads.every((w) => w.runtime === undefined || w.runtime === runtime), new Set((await Promise.all([1, 2, 3, 4].map(() => pool.run(5, {name: 'which'})))).map((w) => w[2])).size <= 2]);

    // Recycling gives new workers; so does isolation.
    await pool.run(1, {name: 'count'});
    await pool.recycleWorkers();
    show(label('recycled'), await pool.run(1, {name: 'count'}));
    for (let ids = new Set(); ids.size < 2;) for (const id of await Promise.all([1, 2].map(() => pool.run(10, {name: 'which'})))) ids.add(String(id));
    const pending = Array.from({length: 4}, (_, i) => caught(pool.run(20 + i, {name: 'sleep'})));
    await wait(1);
    pool.cancelPendingTasks();
    show(label('cancelled'), await Promise.all(pending));
    await pool.destroy();
    show(label('destroyed'), pool.threads.length);
    const isolated = new Tinypool({filename, runtime, isolateWorkers: true, minThreads: 1, maxThreads: 1, teardown: 'named_teardown'});
    show(label('isolated'), await Promise.all([1, 2, 3].map(() => isolated.run(1, {name: 'count'}))));
    await isolated.destroy();

    const narrow = new Tinypool({filename, runtime, minThreads: 1, maxThreads: 1, maxQueue: 1});
    show(label('at the limit'), await Promise.all([1, 2, 3].map((n) => caught(narrow.run(n, {name: 'sleep'})))));
    const controller = new AbortController();
    const endless = caught(narrow.run(1, {name: runtime === 'worker_threads' ? 'forever' : 'hang', signal: controller.signal}));
    await wait(30);
    controller.abort();
    show(label('aborted'), await endless);
    show(label('aborted before'), await caught(narrow.run(1, {name: 'count', signal: AbortSignal.abort()})));
    show(label('goes on'), await narrow.run(1, {name: 'count'}));
    if (runtime === 'child_process') show(label('exit'), (await caught(narrow.run(3, {name: 'exit'}))).split(',')[0]);
    show(label('goes on again'), await narrow.run(1, {name: 'count'}));
    const hanging = [caught(narrow.run(1, {name: 'hang'})), caught(narrow.run(1, {name: 'count'}))];
    await wait(10);
    await narrow.destroy();
    show(label('destroy rejects'), await Promise.all(hanging));
    const fragile = new Tinypool({filename, runtime, minThreads: 0, maxThreads: 1, idleTimeout: 5, concurrentTasksPerWorker: 3});
    show(label('shared'), [fragile.threads.length, await Promise.all([3, 2, 1].map((ms) => fragile.run(ms, {name: 'sleep'})))]);
    while (fragile.threads.length > 0) await wait(1);
    show(label('idle'), fragile.threads.length);
    await fragile.destroy();
  }

  const threads = new Tinypool({filename, minThreads: 1, maxThreads: 1});
  const bytes = new Uint8Array([1, 2, 90]);
  show('moved', [await threads.run(bytes, {name: 'scale', transferList: [bytes.buffer]}), bytes.length]);
  const {port1, port2} = new MessageChannel();
  const heard = [];
  port2.on('message', (message) => heard.push(message));
  const talk = threads.run({port: port1}, {name: 'talk', transferList: [port1]});
  for (const message of ['one', {two: [2]}, 'end']) port2.postMessage(message);
  while (heard.length < 3) await wait(1);
  show('port', [await talk, heard]);
  port2.close();
  await threads.recycleWorkers({runtime: 'child_process'});
  show('other runtime', [threads.options.runtime, (await threads.run(1)).main]);
  await threads.destroy();

  for (const serialization of ['json', 'advanced']) {
    const processes = new Tinypool({filename, runtime: 'child_process', serialization, minThreads: 1, maxThreads: 1});
    const listeners = [], messages = [];
    const channel = {
      onMessage: (listener) => listeners.push(listener),
      onClose: () => messages.push('closed'),
      postMessage: (message) => {
        messages.push(message);
        if (message === 'ready') for (const text of ['one', 'end']) listeners.forEach((listener) => listener(text));
      },
    };
    show(`channel ${serialization}`, [await processes.run(1, {name: 'chat', channel}), messages]);
    show(`values ${serialization}`, (await processes.run({map: new Map([[1, 2]]), date: new Date(0), bytes: new Uint8Array([1])})).task);
    await processes.destroy();
  }
  show('static', [Object.keys(require('tinypool')).sort(), Tinypool.isWorkerThread]);
});
