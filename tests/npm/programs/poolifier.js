// SPDX-License-Identifier: MIT
// poolifier: fixed and dynamic pools of threads and of cluster processes, strategies, queues, named functions, errors, abort, events.
// entries: cjs esm
// sizes: full small
// timeout: 120
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const path = require('path');

const script = path.join(__dirname, 'workers', 'poolifier.js');
const facts = (error) => `${error.constructor.name} ${error.name} ${error.code} ${error.message}`;
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);

run('poolifier', async (poolifier) => {
  const {FixedThreadPool, DynamicThreadPool, FixedClusterPool, DynamicClusterPool, PoolEvents, WorkerChoiceStrategies, availableParallelism} = poolifier;
  show('exports', Object.keys(poolifier).filter((k) => k !== 'default' && k !== 'module.exports').sort());
  show('parallel', availableParallelism() > 0);
  const count = small ? 20 : 100;
  const kinds = [['threads', (o) => new FixedThreadPool(2, script, o)], ['cluster', (o) => new FixedClusterPool(2, script, o)]];
  for (const [kind, make] of kinds) {
    const label = (text) => `${kind} ${text}`;
    const events = [];
    const pool = make({errorHandler: (e) => events.push(`error ${e.message}`), onlineHandler: () => events.push('online'), exitHandler: () => events.push('exit'), enableTasksQueue: true, tasksQueueOptions: {concurrency: 1}});
    await new Promise((resolve) => { if (pool.info.ready) resolve(); else pool.emitter.once(PoolEvents.ready, resolve); });
    const {type, worker, started, ready, defaultStrategy, minSize, maxSize} = pool.info;
    show(label('info'), {type, worker, started, ready, defaultStrategy, minSize, maxSize});
    show(label('echo'), await pool.execute({list: [1, null], text: 'x'}));
    show(label('primes'), await Promise.all(Array.from({length: count}, (_, i) => pool.execute(i * (small ? 10 : 1000) + 2, 'primes'))));
    show(label('map'), await pool.mapExecute([4, 5, 6, 7], 'queens'));
    show(label('functions'), pool.listTaskFunctionsProperties());
    show(label('has'), [pool.hasTaskFunction('primes'), pool.hasTaskFunction('nothing')]);
    for (const error of ['type', 'custom', 'code', 'node', 'file']) {
      show(label(`fail ${error}`), await caught(pool.execute(error, 'fail')));
      show(label(`fail later ${error}`), await caught(pool.execute(error, 'fail_later')));
    }
    show(label('no such function'), await caught(pool.execute(1, 'nothing')));
    show(label('bad name'), await caught(pool.execute(1, 5)));
    show(label('empty name'), await caught(pool.execute(1, ' ')));
    show(label('added'), [await pool.addTaskFunction('square', (n) => n * n), await pool.execute(12, 'square'), await pool.removeTaskFunction('square'), pool.hasTaskFunction('square')]);
    show(label('default'), [await pool.setDefaultTaskFunction('primes'), await pool.execute(100)]);
    const controller = new AbortController();
    const aborted = caught(pool.execute(500, 'later', controller.signal));
    setTimeout(() => controller.abort(), 10);
    show(label('aborted'), await aborted);
    for (const strategy of Object.values(WorkerChoiceStrategies)) {
      pool.setWorkerChoiceStrategy(strategy);
      show(label(strategy), (await Promise.all(Array.from({length: 12}, (_, i) => pool.execute(i * 10 + 2, 'primes')))).join());
    }
    show(label('executed'), [pool.info.executedTasks > count, pool.info.failedTasks, pool.info.workerNodes >= 1]);
    show(label('events'), [...new Set(events)].sort());
  } // not destroyed: with a queue of tasks the package may wait for ever for a worker
  for (const Pool of [DynamicThreadPool, DynamicClusterPool]) {
    const pool = new Pool(1, 3, script);
    show(Pool === DynamicThreadPool ? 'dynamic threads' : 'dynamic cluster', [await Promise.all([5, 6, 4, 7].map((n) => pool.execute(n, 'queens'))), pool.info.type, pool.info.minSize, pool.info.maxSize]);
  }
  const threads = new FixedThreadPool(1, script);
  const bytes = new Uint8Array([1, 2, 100]);
  show('moved', [await threads.execute(bytes, 'scale', undefined, [bytes.buffer]), bytes.length]);
  await threads.destroy();
  show('destroyed', [await caught(threads.execute(1)), threads.info.started, threads.info.workerNodes]);
  show('start later', await (async () => {
    const pool = new FixedThreadPool(1, script, {startWorkers: false});
    const before = pool.info.started;
    pool.start();
    const result = await pool.execute(5, 'queens');
    await pool.destroy();
    return [before, result];
  })());
  for (const [label, make] of [['no file', () => new FixedThreadPool(1)], ['missing', () => new FixedThreadPool(1, '/no/such/file.js')], ['size', () => new FixedThreadPool(0, script)], ['negative', () => new FixedThreadPool(-1, script)], ['text', () => new FixedThreadPool('x', script)], ['dynamic', () => new DynamicThreadPool(2, 1, script)], ['strategy', () => new FixedThreadPool(1, script, {workerChoiceStrategy: 'x'})], ['queue', () => new FixedThreadPool(1, script, {enableTasksQueue: true, tasksQueueOptions: {concurrency: 0}})]]) show(label, make);
  process.exit(0);
});
