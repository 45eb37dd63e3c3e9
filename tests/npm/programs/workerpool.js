// SPDX-License-Identifier: MIT
// workerpool: functions sent as text, dedicated workers on threads and on processes, events, transfers, cancelling, timeouts, limits.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const path = require('path');

const script = path.join(__dirname, 'workers', 'workerpool.js');
const facts = (error) => `${error.constructor.name} ${error.name} ${error.code} ${error.message} ${text_of({...error, stack: undefined})}`;
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);
const until = async (condition) => { while (!condition()) await new Promise((resolve) => { setTimeout(resolve, 1); }); };

run('workerpool', async (workerpool) => {
  show('exports', [workerpool.platform, workerpool.isMainThread, workerpool.cpus > 0, Object.keys(workerpool)]);
  const count = small ? 20 : 100;
  const scale = small ? 50 : 1000;

  // Functions as text.
  const dynamic = workerpool.pool({maxWorkers: 3});
  show('add', await Promise.all(Array.from({length: count}, (_, i) => dynamic.exec((a, b) => a + b, [i, i * i]))));
  show('cpu', await Promise.all(Array.from({length: 10}, (_, i) => dynamic.exec(function sum(n) { let s = 0; for (let k = 0; k < n; k++) s = (s * 31 + k) % 1000003; return s; }, [(i + 1) * scale]))));
  show('async', await dynamic.exec(async (ms) => { await new Promise((r) => { setTimeout(r, ms); }); return `after ${ms}`; }, [3]));
  show('throws', await caught(dynamic.exec(() => { throw new RangeError('from text'); })));
  show('rejects', await caught(dynamic.exec(async () => { throw Object.assign(new Error('later'), {code: 'E_LATER'}); })));
  show('text thrown', await dynamic.exec(() => { throw 'only text'; }).then(text_of, (e) => `thrown ${e.constructor.name} ${e.message}`));
  show('values', await dynamic.exec((v) => v, [{map: new Map([[1, new Set([2])]]), date: new Date(5), big: 10n, re: /a/g, bytes: new Uint8Array([1, 2]), hole: [, 1], undef: undefined}]));
  show('unknown method', await caught(dynamic.exec('nothing')));
  show('methods', [...await dynamic.exec('methods')].sort());
  show('bad', () => dynamic.exec(5));
  show('bad params', () => dynamic.exec('run', 'x'));
  show('stats', dynamic.stats());
  await dynamic.terminate();
  show('terminated', dynamic.stats());

  for (const workerType of ['thread', 'process']) {
    const label = (text) => `${workerType} ${text}`;
    const made = [], ended = [];
    const pool = workerpool.pool(script, {
      maxWorkers: 2, minWorkers: 1, workerType, workerThreadOpts: {env: {POOL_TEST: 'thread'}, argv: ['x']}, forkArgs: ['y'], forkOpts: {env: {...process.env, POOL_TEST: 'process'}},
      onCreateWorker: (o) => { made.push(path.basename(o.script)); }, onTerminateWorker: (o) => { ended.push(path.basename(o.script)); },
    });
    show(label('where'), await pool.exec('where'));
    show(label('primes'), await Promise.all(Array.from({length: count}, (_, i) => pool.exec('primes', [i * scale / 10 + 2]))));
    const proxy = await pool.proxy();
    show(label('proxy'), [Object.keys(proxy).sort(), await proxy.queens(6), await proxy.count() > 0]);
    for (const kind of ['type', 'range', 'custom', 'code', 'node', 'file']) show(label(`fail ${kind}`), await caught(pool.exec('fail', [kind])));
    show(label('fail later'), await caught(pool.exec('fail_later', ['type'])));
    const events = [];
    show(label('events'), [await pool.exec('events', [4], {on: (e) => events.push(e)}), events]);
    show(label('cancel'), await caught(pool.exec('forever').cancel()));
    show(label('timeout'), await caught(pool.exec('forever').timeout(20)));
    show(label('in time'), await caught(pool.exec('sleep', [2]).timeout(20000)));
    await until(() => pool.stats().busyWorkers === 0);
    const blockers = [pool.exec('sleep', [30]), pool.exec('sleep', [30])];
    const queued = pool.exec('count');
    show(label('queue'), pool.stats());
    queued.cancel();
    show(label('cancelled in the queue'), [await caught(queued), await Promise.all(blockers)]);
    show(label('aborted'), await caught(pool.exec('abortable').timeout(20)));
    show(label('exit'), (await caught(pool.exec('exit', [3]))).split('\n')[0]);
    show(label('goes on'), await pool.exec('queens', [5]));
    const busy = pool.exec('sleep', [5]), late = pool.exec('sleep', [5]), waiting = pool.exec('sleep', [1]);
    const results = Promise.all([busy, late, waiting].map(caught));
    await pool.terminate();
    show(label('terminate'), [await results, pool.stats(), made.length >= 2, ended.length >= 2, [...new Set(made)]]);
    const forced = workerpool.pool(script, {maxWorkers: 1, workerType});
    const endless = caught(forced.exec('forever'));
    await forced.terminate(true);
    show(label('forced'), await endless);
    const narrow = workerpool.pool(script, {maxWorkers: 1, maxQueueSize: 2, workerType});
    const taken = [1, 2, 3].map((n) => narrow.exec('sleep', [n]));
    show(label('queue is full'), () => narrow.exec('count'));
    show(label('taken'), await Promise.all(taken));
    await narrow.terminate(false, 5000);
    const piped = workerpool.pool(script, {maxWorkers: 1, workerType, emitStdStreams: true});
    const streams = {stdout: '', stderr: ''};
    await piped.exec('log', ['hello'], {on: (e) => { for (const k of ['stdout', 'stderr']) if (e[k]) streams[k] += e[k]; }});
    await until(() => streams.stdout.endsWith('\n') && streams.stderr.endsWith('\n'));
    show(label('streams'), streams);
    await piped.terminate();
  }

  // What only threads can do: move memory.
  const pool = workerpool.pool(script, {maxWorkers: 1, workerType: 'thread'});
  const bytes = new Uint8Array(64).map((_, i) => i);
  const scaled = await pool.exec('scale', [bytes], {transfer: [bytes.buffer]});
  show('moved', [bytes.length, bytes.buffer.detached, scaled]);
  const seen = [];
  show('moved event', [await pool.exec('moved_event', [3], {on: (e) => seen.push(e)}), seen]);
  show('bad transfer', await caught(new Promise((resolve) => { resolve(pool.exec('count', [], {transfer: [1]})); })));
  await pool.terminate(true);

  // Their own promises.
  const {Promise: Own} = workerpool;
  show('promise', [await Own.all([1, new Own((r) => r(2)), Own.resolve ? 3 : 3].map((v) => (v instanceof Own ? v : new Own((r) => r(v))))), await new Own((r, j) => j(new Error('no'))).catch((e) => e.message), await new Own((r) => r(1)).finally(() => {})]);
  const deferred = Own.defer();
  show('defer', [deferred.promise.pending, (deferred.resolve(4), deferred.promise.resolved), await deferred.promise]);
  show('cancel', await caught(new Own(() => {}).cancel()));
  show('classes', [new Own.CancellationError().message, new Own.TimeoutError() instanceof Error, new workerpool.Transfer(1, [2])]);
});
