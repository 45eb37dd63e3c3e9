// SPDX-License-Identifier: MIT
// piscina: many tasks on several threads, transfers, abort signals, errors, queue limits, idle threads, recycling and shutdown.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const {once, EventEmitter} = require('events');
const {setTimeout: sleep} = require('timers/promises');
const {pathToFileURL} = require('url');
const path = require('path');
const {setEnvironmentData, BroadcastChannel} = require('worker_threads');

const filename = path.join(__dirname, 'workers', 'piscina.js');
const esm = path.join(__dirname, 'workers', 'piscina-init.mjs');
const facts = (error) => `${error.constructor.name} ${error.name} ${error.code} ${error.message} ${text_of({...error})}`;
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);
const until = async (condition) => { while (!condition()) await sleep(1); };

run('piscina', async (Piscina) => {
  const pool = new Piscina({filename, minThreads: 2, maxThreads: 4, idleTimeout: Infinity});
  const step = small ? 300 : 5000;
  const count = small ? 40 : 200;
  show('primes', await Promise.all(Array.from({length: count}, (_, i) => pool.run(i * step / 10 + 2, {name: 'primes'}))));
  show('collatz', (await Promise.all(Array.from({length: 20}, (_, i) => pool.run({from: i * step + 1, to: (i + 1) * step}, {name: 'collatz'})))).map(String));
  show('queens', await Promise.all([4, 5, 6, 7, 8].map((n) => pool.run(n, {name: 'queens'}))));
  show('default', await pool.run({a: [1, new Map([[{k: 1}, new Set([2n])]]), new Date(0), /x/gi]}));
  show('completed', [pool.completed, pool.queueSize, pool.threads.length <= 4, pool.utilization > 0, pool.duration > 0]);
  show('histogram', [Object.keys(pool.histogram.runTime).join(), pool.histogram.waitTime.min >= 0, pool.histogram.runTime.max >= pool.histogram.runTime.min]);
  show('options', {...pool.options, filename: path.basename(pool.options.filename)});

  for (const kind of ['type', 'range', 'custom', 'code', 'cause', 'node', 'file', 'other']) {
    show(`fail ${kind}`, await caught(pool.run(kind, {name: 'fail'})));
    show(`fail later ${kind}`, await caught(pool.run(kind, {name: 'fail_later'})));
  }
  show('no such name', await caught(pool.run(1, {name: 'missing'})));
  show('no such file', await caught(pool.run(1, {filename: '/no/such/file.js'})));
  show('uncloneable task', await caught(pool.run(() => 1)));
  show('uncloneable result', await caught(pool.run(1, {name: 'uncloneable'})));
  for (const bad of [null, 1, {transferList: 1}, {filename: 1}, {name: 1}, {signal: 1}]) show(`bad ${text_of(bad)}`, await caught(pool.run(1, bad)));
  for (const bad of [{filename: 1}, {minThreads: -1}, {maxThreads: 0}, {minThreads: 5, maxThreads: 2}, {idleTimeout: 'x'}, {maxQueue: -1}, {atomics: 'x'}, {concurrentTasksPerWorker: 0}, {taskQueue: {}}, {closeTimeout: -1}, {loadBalancer: 1}]) show(`options ${text_of(bad)}`, () => new Piscina(bad));

  // Transfers, both ways.
  const bytes = new Uint8Array(1000).map((_, i) => i);
  const scaled = await pool.run(bytes, {name: 'scale', transferList: [bytes.buffer]});
  show('moved there', [bytes.length, bytes.buffer.detached, scaled.length, scaled[99], scaled.buffer.byteLength]);
  show('moved back', new Uint8Array(await pool.run(5, {name: 'buffer'})));
  show('own transferable', await pool.run(6, {name: 'own_transferable'}));
  show('bad transfer', await caught(pool.run(1, {transferList: [1]})));
  show('move', [Piscina.move(1), Piscina.move('x'), Piscina.move(null), Piscina.transferableSymbol in Piscina.move(new ArrayBuffer(1))]);
  const counter = new Int32Array(new SharedArrayBuffer(4));
  await Promise.all(Array.from({length: 8}, () => pool.run({counter, times: 1000}, {name: 'add_shared'})));
  show('shared', counter[0]);
  await pool.destroy();
  show('destroyed', [pool.threads.length, pool.queueSize]);

  // Cancelling: before it runs, while it runs, and while it waits in the queue.
  const busy = new Piscina({filename, minThreads: 1, maxThreads: 1});
  show('aborted before', await caught(busy.run(1, {signal: AbortSignal.abort('why')})));
  const running = new AbortController();
  const endless = busy.run(1, {name: 'forever', signal: running.signal});
  const queued = new AbortController();
  const behind = busy.run(1, {name: 'count', signal: queued.signal});
  const normal = busy.run(1, {name: 'count'});
  await once(busy.threads[0], 'online');
  queued.abort(new Error('my reason'));
  show('aborted in the queue', await caught(behind));
  running.abort();
  show('aborted while running', await caught(endless));
  show('a new worker goes on', await normal);
  const emitter = new EventEmitter();
  const cancelled = busy.run(1, {name: 'hang', signal: emitter});
  setTimeout(() => emitter.emit('abort'), 5);
  show('aborted by an emitter', await caught(cancelled));
  show('timed out', await caught(busy.run(1, {name: 'hang', signal: AbortSignal.timeout(5)})));
  const hanging = [busy.run(1, {name: 'hang'}), busy.run(2, {name: 'count'}), busy.run(3, {name: 'count'})].map(caught);
  await busy.destroy();
  show('destroy rejects', await Promise.all(hanging));

  // Limits of the queue, drain events, sharing a worker.
  const narrow = new Piscina({filename, minThreads: 1, maxThreads: 1, maxQueue: 2, recordTiming: false});
  const log = [];
  narrow.on('drain', () => log.push('drain'));
  narrow.on('needsDrain', () => log.push('needsDrain'));
  const many = Array.from({length: 5}, (_, i) => caught(narrow.run(i * 100, {name: 'primes'})));
  show('queue', [narrow.queueSize, narrow.needsDrain]);
  show('at the limit', await Promise.all(many));
  await sleep(1);
  show('drained', [narrow.queueSize, narrow.needsDrain, [...new Set(log)].sort(), narrow.utilization]);
  await narrow.close();
  const auto = new Piscina({filename, maxThreads: 3, minThreads: 0, maxQueue: 'auto', concurrentTasksPerWorker: 2});
  show('auto', [auto.options.maxQueue, auto.threads.length]);
  const ids = await Promise.all(Array.from({length: 6}, () => auto.run(20, {name: 'which'})));
  show('two tasks each', Object.values(Object.groupBy(ids, (id) => id)).every((list) => list.length >= 1) && new Set(ids).size <= 3);
  await until(() => auto.threads.length === 0);
  show('idle threads end', auto.threads.length);
  show('and come back', await auto.run(100, {name: 'primes'}));
  await auto.close();

  // Workers that end by themselves, and one that needs too much memory.
  const fragile = new Piscina({filename, minThreads: 1, maxThreads: 1, resourceLimits: {maxOldGenerationSizeMb: 16}, env: {POOL_TEST: 'yes'}, argv: ['a', 7], workerData: {some: ['data']}});
  fragile.on('error', (error) => log.push(facts(error)));
  setEnvironmentData('pools', 'inherited');
  show('exit 3', await caught(fragile.run(3, {name: 'exit'})));
  show('recovers', await fragile.run(1, {name: 'count'}));
  show('environment', await fragile.run(1, {name: 'environment'}));
  show('out of memory', (await caught(fragile.run(1, {name: 'allocate'}))).replace(/: .*/, ''));
  show('still recovers', await fragile.run(1, {name: 'count'}));
  const told = once(fragile, 'message');
  show('message', [await fragile.run({x: [1]}, {name: 'message'}), await told]);
  await fragile.close();

  // ES modules, URLs, modes of waiting, queues.
  for (const atomics of ['sync', 'async', 'disabled']) {
    const modules = new Piscina({filename: pathToFileURL(esm).href, maxThreads: 2, minThreads: 1, atomics, workerData: atomics, taskQueue: new Piscina.ArrayTaskQueue()});
    show(`esm ${atomics}`, await Promise.all([1, 2, 3].map((n) => modules.run(n))));
    show(`named ${atomics}`, await Promise.all([1, 2, 3].map((n) => modules.run(n, {name: 'double'}))));
    await modules.close();
  }
  class Priority {
    list = [];
    get size() { return this.list.length; }
    shift() { return this.list.shift() ?? null; }
    remove(task) { this.list = this.list.filter((t) => t !== task); }
    push(task) { this.list.push(task); this.list.sort((a, b) => b[Piscina.queueOptionsSymbol].priority - a[Piscina.queueOptionsSymbol].priority); }
  }
  const order = [];
  const ranked = new Piscina({filename, minThreads: 1, maxThreads: 1, taskQueue: new Priority()});
  const first = ranked.run(20, {name: 'which'});
  await Promise.all([1, 5, 3, 4, 2].map((priority) => ranked.run({priority, [Piscina.queueOptionsSymbol]: {priority}}).then((r) => order.push(r.task.priority))));
  await first;
  show('by priority', order);
  const pending = [caught(ranked.run(10, {name: 'which'}).then(() => 'done')), caught(ranked.run({[Piscina.queueOptionsSymbol]: {priority: 1}}))];
  await ranked.close({force: true});
  show('close by force', await Promise.all(pending));
  show('after close', [await caught(ranked.close({force: 1})), ranked.threads.length]);
  const events = new Piscina({filename, minThreads: 2, maxThreads: 2});
  const seen = [];
  events.on('workerCreate', (w) => seen.push(`create ${typeof w.id} ${w.currentUsage} ${w.isRunningAbortableTask}`));
  events.on('workerDestroy', () => seen.push('destroy'));
  events.on('close', () => seen.push('close'));
  await events.run(1);
  await events.close();
  show('events', seen);
  {
    await using scoped = new Piscina({filename, minThreads: 1, maxThreads: 1});
    show('scoped', await scoped.run(10, {name: 'primes'}));
  }
  show('static', [Piscina.version, Piscina.isWorkerThread, Piscina.workerData, typeof BroadcastChannel, Piscina.name]);
});
