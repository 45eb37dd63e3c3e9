// SPDX-License-Identifier: MIT
// threads: spawned modules and functions, observables, transfers, errors, serializers, pools with limits and events, termination.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, small, text_of} = require('./lib/harness.js');
const path = require('path');

const facts = (error) => `${error.constructor.name} ${error.name} ${error.code} ${error.message}`;
const caught = (promise) => promise.then((v) => `no error: ${text_of(v)}`, facts);
const script = './workers/threads.js'; // found from this file

run('threads', async ({spawn, Thread, Worker, Pool, Transfer, registerSerializer, BlobWorker, DefaultSerializer}) => {
  const worker = await spawn(new Worker(script));
  show('methods', Object.keys(worker).sort());
  show('primes', await worker.primes(small ? 1000 : 100000));
  show('at once', await Promise.all([worker.queens(5), worker.queens(6), worker.count(), worker.echo(1, 'x', [2n], null, undefined)]));
  for (const kind of ['type', 'range', 'custom', 'code', 'node', 'file', 'other']) {
    show(`fail ${kind}`, await caught(worker.fail(kind)));
    show(`fail later ${kind}`, await caught(worker.fail_later(kind)));
  }
  const buffer = new Uint8Array([1, 2, 3, 100]).buffer;
  const back = await worker.scale(Transfer(buffer), 2);
  show('moved', [buffer.byteLength, buffer.detached, new Uint8Array(back)]);

  // Observables.
  const collect = (observable) => new Promise((resolve) => {
    const seen = [];
    observable.subscribe((v) => seen.push(v), (e) => resolve([seen, facts(e)]), () => resolve([seen, 'complete']));
  });
  show('countdown', await collect(worker.countdown(5)));
  show('breaks', await collect(worker.breaks(3)));
  show('first value', await worker.countdown(4));
  const values = collect(worker.values());
  await worker.echo();
  for (let i = 0; i < 5; i++) await worker.add(i * i);
  await worker.finish();
  show('values', await values);
  const events = [];
  Thread.events(worker).subscribe((event) => events.push(event.type));
  Thread.errors(worker).subscribe((error) => events.push(facts(error)));
  await worker.count();
  await Thread.terminate(worker);
  show('events', events);

  // One function, with serializers on both sides.
  class Point {
    constructor(x, y) { this.x = x; this.y = y; }
  }
  const flip = await spawn(new Worker('./workers/threads-function.js'));
  show('unknown class', await flip(new Point(1, 2)));
  registerSerializer({
    deserialize: (message, next) => (message && message.__type === 'Point' ? new Point(message.x, message.y) : next(message)),
    serialize: (thing, next) => (thing instanceof Point ? {__type: 'Point', x: thing.x, y: thing.y} : next(thing)),
  });
  show('point', await flip(new Point(1, 2)));
  await Thread.terminate(flip);
  show('serializer', DefaultSerializer.serialize(new TypeError('text')).message);

  // Pools.
  const pool = Pool(() => spawn(new Worker(script)), {name: 'numbers', size: 3, concurrency: 1});
  const log = [];
  pool.events().subscribe((event) => log.push(event.type));
  const count = small ? 15 : 60;
  const results = await Promise.all(Array.from({length: count}, (_, i) => pool.queue(async (w) => w.primes(i * (small ? 10 : 1000) + 2))));
  show('pool', results);
  await pool.completed(true);
  show('pool events', Object.entries(Object.groupBy(log, (type) => type)).map(([type, list]) => `${type} ${type === 'taskQueueDrained' ? 'yes' : list.length}`).sort());
  for (const kind of ['type', 'custom']) show(`pool fail ${kind}`, await caught(Promise.resolve(pool.queue((w) => w.fail(kind)))));
  pool.queue((w) => w.fail('range'));
  show('completed', await caught(pool.completed(true)));
  pool.queue((w) => w.fail('code'));
  pool.queue((w) => w.fail('node'));
  show('settled', (await pool.settled(true)).map(facts).sort());
  const blockers = [1, 2, 3].map(() => pool.queue((w) => w.sleep(10)));
  const cancelled = pool.queue((w) => w.count());
  cancelled.cancel();
  await Promise.all(blockers);
  await pool.completed(true);
  show('cancelled', log.filter((type) => type === 'taskCanceled').length);
  await pool.terminate();
  show('after the end', () => pool.queue(() => 1));

  const narrow = Pool(() => spawn(new Worker(script)), {size: 1, concurrency: 2, maxQueuedJobs: 2});
  const held = [5, 6, 7, 8].map((ms) => narrow.queue((w) => w.sleep(ms)));
  show('too many', () => { for (let i = 0; i < 3; i++) held.push(narrow.queue((w) => w.sleep(1))); });
  show('held', await Promise.all(held));
  const ended = narrow.queue((w) => w.forever());
  const never = narrow.queue((w) => w.count());
  void [ended, never].map((task) => task.then(() => 1, facts));
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  await narrow.terminate(true);
  show('by force', 'ended');

  // Workers from text, from a missing file, and one that throws at once.
  const from_text = await spawn(BlobWorker.fromText(`
    const {expose} = require(${JSON.stringify(path.join(__dirname, '..', 'node_modules', 'threads', 'worker.js'))});
    expose({hello: (name) => 'hello ' + name});`));
  show('from text', await from_text.hello('text'));
  await Thread.terminate(from_text);
  show('missing', () => { try { new Worker('./no-such-file.js'); return 'found'; } catch (error) { return error.code; } });
  const raw = new Worker(script);
  show('raw', [typeof raw.postMessage, typeof raw.addEventListener, raw instanceof require('worker_threads').Worker]);
  await raw.terminate();
});
