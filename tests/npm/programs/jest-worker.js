// SPDX-License-Identifier: MIT
// jest-worker: farms of threads and of processes, bound workers, queues, custom messages, streams, errors, retries, memory limits.
// entries: cjs esm
// sizes: full small
// timeout: 120
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const path = require('path');

const script = path.join(__dirname, 'workers', 'jest-worker.js');
const facts = (error) => (error instanceof Error ? `${error.constructor.name} ${error.name} ${error.code} ${error.message} ${text_of({...error, stack: undefined})}` : `thrown ${text_of(error)}`);
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);
const collect = (stream, into, name) => stream?.on('data', (chunk) => { into[name] += chunk; });

run('jest-worker', async (jest) => {
  const {Worker, FifoQueue, PriorityQueue} = jest;
  const count = small ? 15 : 60;
  for (const enableWorkerThreads of [true, false]) {
    const label = (text) => `${enableWorkerThreads ? 'threads' : 'processes'} ${text}`;
    const farm = new Worker(script, {enableWorkerThreads, numWorkers: 2, setupArgs: [1, {two: 2}], forkOptions: {env: {...process.env, POOL_TEST: 'forked'}}});
    const output = {stdout: '', stderr: ''};
    collect(farm.getStdout(), output, 'stdout');
    collect(farm.getStderr(), output, 'stderr');
    await farm.start();
    show(label('methods'), Object.keys(farm).filter((k) => typeof farm[k] === 'function').sort());
    show(label('where'), await farm.where());
    show(label('primes'), await Promise.all(Array.from({length: count}, (_, i) => farm.primes(i * (small ? 10 : 1000) + 2))));
    show(label('echo'), await farm.echo(1, 'text', null, [1, [2]], {a: {b: true}}));
    show(label('two workers'), [...new Set(await Promise.all(Array.from({length: 10}, () => farm.id())))].sort());
    for (const kind of ['type', 'range', 'custom', 'code', 'node', 'file', 'other']) show(label(`fail ${kind}`), await caught(farm.fail(kind)));
    show(label('fail later'), await caught(farm.fail_later('custom')));
    for (const value of ['text', 5]) show(label(`throws ${text_of(value)}`), await caught(farm.throw_value(value)));
    const told = [];
    const call = farm.tell('a', {b: [1]}, 3);
    call.UNSTABLE_onCustomMessage((message) => told.push(message));
    show(label('custom messages'), [await call, told]);
    show(label('say'), await farm.say('said aloud'));
    show(label('hidden'), [typeof farm._hidden, typeof farm.primes]);
    show(label('end'), await farm.end());
    show(label('output'), [output.stdout.split('\n').sort(), output.stderr]);
    show(label('after the end'), () => farm.end());
    show(label('call after the end'), () => farm.primes(5));

    // The same key, the same worker.
    const bound = new Worker(script, {enableWorkerThreads, numWorkers: 2, computeWorkerKey: (method, key) => String(key), exposedMethods: ['echo', 'id', 'count'], taskQueue: new FifoQueue()});
    for (const key of [0, 1, 2]) await bound.id(key);
    const ids = await Promise.all(Array.from({length: 12}, (_, i) => bound.id(i % 3).then((id) => [i % 3, id])));
    show(label('bound'), [0, 1, 2].map((k) => new Set(ids.filter(([key]) => key === k).map(([, id]) => id)).size));
    show(label('exposed'), [typeof bound.echo, typeof bound.primes]);
    await bound.end();

    // By priority, on one worker.
    const done = [];
    const ranked = new Worker(script, {enableWorkerThreads, numWorkers: 1, workerSchedulingPolicy: 'in-order', taskQueue: new PriorityQueue((method, n) => (method === 'sleep' ? 0 : n))});
    const first = ranked.sleep(20);
    await Promise.all([first, ...[3, 1, 2, 5, 4].map((n) => ranked.echo(n).then(([v]) => done.push(v)))]);
    show(label('by priority'), done);
    await ranked.end();

    // A worker that exits is started again, up to the limit of tries.
    const fragile = new Worker(script, {enableWorkerThreads, numWorkers: 1, maxRetries: 2});
    show(label('exits'), await caught(fragile.exit(1)));
    show(label('goes on'), await fragile.count());
    await fragile.end();
    const limited = new Worker(script, {enableWorkerThreads, numWorkers: 1, idleMemoryLimit: 20e6});
    show(label('memory'), [await limited.grow(), await new Promise((r) => { setTimeout(r, 100); }).then(() => limited.count())]);
    await limited.end();
  }
  show('no file', () => new Worker('relative.js'));
  const missing = new Worker('/no/such/file.js', {exposedMethods: ['x'], enableWorkerThreads: true, numWorkers: 1});
  show('missing', (await caught(missing.x())).split('\n')[0]);
  await missing.end();
  show('keys', Object.keys(jest).sort());
});
