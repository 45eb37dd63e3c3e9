// SPDX-License-Identifier: MIT
// bluebird: combinators, concurrency limits, cancellation, promisify, coroutines, resources, filters of errors, timers, its own queue.
// entries: cjs
'use strict';
const {run, show} = require('./lib/harness.js');
const fs = require('fs');

run('bluebird', async (Bluebird) => {
  Bluebird.config({cancellation: true, warnings: false, longStackTraces: false});
  const settle = (label, promise) => promise.then((v) => show(label, v), (e) => show(label, `fails ${e.name}: ${e.message}`));
  const order = [];
  const p = Bluebird.resolve(1).then(() => order.push('then'));
  process.nextTick(() => order.push('tick'));
  Promise.resolve().then(() => order.push('native'));
  setImmediate(() => order.push('immediate'));
  order.push('sync');
  await p;
  await new Promise(setImmediate);
  show('order', order.sort());
  await settle('all', Bluebird.all([1, Bluebird.resolve(2), Promise.resolve(3)]));
  await settle('props', Bluebird.props({a: 1, b: Bluebird.delay(2, 'late'), c: Promise.resolve(null)}));
  await settle('props map', Bluebird.props(new Map([['k', Bluebird.resolve(1)]])));
  await settle('some', Bluebird.some([Bluebird.delay(20, 'c'), Bluebird.delay(1, 'a'), Bluebird.reject(new Error('x'))], 2).then((v) => v.sort()));
  await settle('any fails', Bluebird.any([Bluebird.reject(new Error('1')), Bluebird.reject(new Error('2'))]).catch(Bluebird.AggregateError, (e) => `aggregate ${e.length} ${e[0].message}`));
  await settle('race', Bluebird.race([Bluebird.delay(50, 'slow'), Bluebird.delay(1, 'fast')]));
  let running = 0, most = 0;
  await settle('map', Bluebird.map([5, 1, 3, 2, 4], async (n) => {
    most = Math.max(most, ++running);
    await Bluebird.delay(n);
    running--;
    return n * n;
  }, {concurrency: 2}));
  show('most at once', most);
  await settle('mapSeries', Bluebird.mapSeries([3, 1, 2], (n, i, length) => Bluebird.delay(n).return([n, i, length])));
  await settle('reduce', Bluebird.reduce([1, 2, 3], (sum, n) => Bluebird.delay(1).then(() => sum + n), 10));
  await settle('filter', Bluebird.filter([1, 2, 3, 4], (n) => Bluebird.resolve(n % 2 === 0)));
  await settle('each', Bluebird.each(['a', 'b'], (v) => order.push(v)));
  await settle('join', Bluebird.join(1, Bluebird.resolve(2), (a, b) => a + b));
  await settle('spread', Bluebird.resolve([1, 2]).spread((a, b) => a * 10 + b));
  await settle('get', Bluebird.resolve({a: {b: [7]}}).get('a').get('b').get(-1));
  await settle('call', Bluebird.resolve('text').call('slice', 1, 3));
  await settle('tap', Bluebird.resolve(1).tap((v) => order.push(v)).tapCatch(() => {}).return('returned'));
  await settle('throw', Bluebird.resolve(1).throw(new RangeError('thrown')));
  await settle('catchReturn', Bluebird.reject(new TypeError('t')).catchReturn(TypeError, 'caught'));
  await settle('filtered', Bluebird.reject(Object.assign(new Error('c'), {code: 'ENOENT'})).catch({code: 'EPERM'}, () => 'wrong').catch({code: 'ENOENT'}, () => 'by its code'));
  await settle('predicate', Bluebird.reject(new Error('pred')).catch((e) => e.message === 'pred', () => 'by a predicate'));
  await settle('passes by', Bluebird.reject(new Error('e')).catch(TypeError, RangeError, () => 'wrong'));
  await settle('error', Bluebird.promisify((cb) => cb(new Error('operational')))().error((e) => `error() ${e.isOperational} ${e.message}`));
  await settle('finally', Bluebird.resolve(1).finally(() => Bluebird.delay(1).then(() => order.push('finally'))));
  await settle('timeout', Bluebird.delay(1000).timeout(5, 'too late').catch(Bluebird.TimeoutError, (e) => `TimeoutError ${e.message}`));
  await settle('in time', Bluebird.delay(1, 'ok').timeout(500));
  let cancelled = false;
  const long = new Bluebird((resolve, reject, onCancel) => onCancel(() => { cancelled = true; }));
  const child = long.then(() => 'never').finally(() => order.push('cancel finally'));
  child.cancel();
  await Bluebird.delay(2);
  show('cancelled', [cancelled, long.isCancelled(), child.isCancelled()]);
  const disposed = [];
  const resource = (name) => Bluebird.resolve({name}).disposer((r) => { disposed.push(r.name); });
  await settle('using', Bluebird.using(resource('a'), resource('b'), (a, b) => `${a.name}${b.name}`));
  await settle('using fails', Bluebird.using(resource('c'), () => { throw new Error('inside'); }));
  show('disposed', disposed.sort());
  const read = Bluebird.promisifyAll(fs);
  await settle('promisifyAll', read.readFileAsync(__filename, 'utf8').then((text) => text.split('\n')[0]));
  await settle('enoent', read.readFileAsync('/nonexistent/file'));
  await settle('multiArgs', Bluebird.promisify((cb) => cb(null, 1, 2), {multiArgs: true})());
  await settle('fromCallback', Bluebird.fromCallback((cb) => setImmediate(cb, null, 'called')));
  await settle('coroutine', Bluebird.coroutine(function* (n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += yield Bluebird.delay(1, i);
    try {
      yield Bluebird.reject(new Error('in it'));
    } catch (e) {
      sum += e.message.length;
    }
    return sum;
  })(4));
  await settle('try', Bluebird.try(() => { throw new Error('sync'); }));
  await settle('method', Bluebird.method((x) => x + 1)(1));
  await settle('asCallback', new Bluebird((resolve) => Bluebird.resolve([1, 2]).asCallback((e, a, b) => resolve([e, a, b]), {spread: true})));
  const inspected = [Bluebird.resolve(1), Bluebird.reject(new Error('r')), Bluebird.delay(5)].map((q) => q.reflect());
  show('reflect', (await Bluebird.all(inspected)).map((i) => [i.isFulfilled(), i.isRejected(), i.isFulfilled() ? i.value() : i.reason().message]));
  await settle('allSettled', Bluebird.allSettled([1, Bluebird.reject(new Error('no'))]).then((l) => l.map((i) => i.isRejected())));
  const deferred = Bluebird.defer();
  show('pending', [deferred.promise.isPending(), String(deferred.promise)]);
  deferred.resolve('later');
  await settle('deferred', deferred.promise);
  const events = [];
  process.on('unhandledRejection', (reason) => events.push(['unhandled', reason.message]));
  process.on('rejectionHandled', () => events.push(['handled']));
  const lost = Bluebird.reject(new Error('lost'));
  await Bluebird.delay(10);
  lost.catch(() => {});
  await Bluebird.delay(10);
  show('unhandled', events);
  show('thenables', await Bluebird.resolve({then: (f) => f('thenable')}));
  show('native await', [await Bluebird.resolve('awaited'), Bluebird.resolve(1) instanceof Promise, Bluebird.is(Promise.resolve()), Bluebird.cast(3).value()]);
  let chain = Bluebird.resolve(0);
  for (let i = 0; i < 5000; i++) chain = chain.then((n) => n + 1);
  await settle('chain', chain);
  await settle('circular', (() => { const q = Bluebird.resolve().then(() => q); return q; })());
  const Own = Bluebird.getNewLibraryCopy();
  show('copy', [Own !== Bluebird, Own.resolve(2).value()]);
});
