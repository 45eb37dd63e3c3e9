// SPDX-License-Identifier: MIT
// rxjs: every operator on marble diagrams in virtual time, subjects, schedulers, errors, promises and async iteration.
// entries: cjs esm
'use strict';
const {run, show, text_of} = require('./lib/harness.js');

const SOURCES = ['-a-b-c-|', 'a--b--#', '|', '#', '-', '(abc|)', 'a-(bc)--d-|', '-a-a-b-b-a-|', '--1-2-3-4-5-6-|'];

run('rxjs', async (R) => {
  const {TestScheduler} = await load_testing();
  function marbles(body) {
    const frames = [];
    const scheduler = new TestScheduler((actual) => { frames.push(...actual.map((f) => `${f.frame}${f.notification.kind}${f.notification.kind === 'N' ? text_of(f.notification.value) : f.notification.kind === 'E' ? text_of(f.notification.error) : ''}`)); });
    scheduler.run((helpers) => helpers.expectObservable(body(helpers), '^ 200ms !').toBe('a'));
    return frames.join(' ');
  }
  async function load_testing() {
    return process.argv[2] === 'esm' ? import('rxjs/testing') : require('rxjs/testing');
  }
  const inner = (h) => (x) => h.cold('x-y|', {x: `${x}1`, y: `${x}2`});
  const operators = {
    audit: () => R.audit(() => R.timer(2)), auditTime: () => R.auditTime(3), buffer: (h) => R.buffer(h.hot('--x---x--x')), bufferCount: () => R.bufferCount(2, 1), bufferTime: () => R.bufferTime(4), bufferToggle: (h) => R.bufferToggle(h.hot('-o---o'), () => R.timer(3)),
    bufferWhen: () => R.bufferWhen(() => R.timer(4)), catchError: () => R.catchError((e) => R.of(`caught ${e}`)), combineLatestWith: (h) => R.combineLatestWith(h.cold('-x--y|')), concatMap: (h) => R.concatMap(inner(h)), concatWith: (h) => R.concatWith(h.cold('z|')), count: () => R.count((x) => x !== 'a'),
    debounce: () => R.debounce(() => R.timer(2)), debounceTime: () => R.debounceTime(2), defaultIfEmpty: () => R.defaultIfEmpty('none'), delay: () => R.delay(5), delayWhen: (h) => R.delayWhen((x, i) => R.timer(i)), distinct: () => R.distinct(), distinctUntilChanged: () => R.distinctUntilChanged(),
    elementAt: () => R.elementAt(1, 'dflt'), endWith: () => R.endWith('end'), every: () => R.every((x) => x < 'c'), exhaustMap: (h) => R.exhaustMap(inner(h)), expand: () => R.expand((x) => (String(x).length < 3 ? R.of(x + x).pipe(R.delay(1)) : R.EMPTY)), filter: () => R.filter((x, i) => i % 2), finalize: () => R.finalize(() => {}),
    find: () => R.find((x) => x === 'b'), findIndex: () => R.findIndex((x) => x === 'b'), first: () => R.first(), groupBy: () => R.pipe(R.groupBy((x) => x), R.mergeMap((g) => g.pipe(R.count(), R.map((n) => `${g.key}${n}`)))), ignoreElements: () => R.ignoreElements(), isEmpty: () => R.isEmpty(), last: () => R.last(), map: () => R.map((x, i) => x + i),
    materialize: () => R.pipe(R.materialize(), R.map((n) => n.kind)), max: () => R.max(), mergeMap: (h) => R.mergeMap(inner(h), 2), mergeScan: () => R.mergeScan((a, x) => R.of(a + x), ''), min: () => R.min(), observeOn: () => R.observeOn(R.asyncScheduler, 1), onErrorResumeNextWith: (h) => R.onErrorResumeNextWith(h.cold('r|')), pairwise: () => R.pairwise(),
    raceWith: (h) => R.raceWith(h.cold('--q|')), reduce: () => R.reduce((a, x) => a + x, ''), repeat: () => R.repeat(2), retry: () => R.retry({count: 2, delay: 1}), sample: (h) => R.sample(h.hot('--x--x--x')), sampleTime: () => R.sampleTime(3), scan: () => R.scan((a, x) => a + x), sequenceEqual: (h) => R.sequenceEqual(h.cold('abc|')), share: () => R.share(), shareReplay: () => R.shareReplay(1),
    single: () => R.single((x) => x === 'b'), skip: () => R.skip(1), skipLast: () => R.skipLast(1), skipUntil: () => R.skipUntil(R.timer(3)), skipWhile: () => R.skipWhile((x) => x < 'b'), startWith: () => R.startWith('s'), switchMap: (h) => R.switchMap(inner(h)), switchScan: () => R.switchScan((a, x) => R.of(a + x), ''), take: () => R.take(2), takeLast: () => R.takeLast(2), takeUntil: () => R.takeUntil(R.timer(4)),
    takeWhile: () => R.takeWhile((x) => x < 'c', true), tap: () => R.tap({subscribe() {}, finalize() {}}), throttle: () => R.throttle(() => R.timer(3), {leading: true, trailing: true}), throttleTime: () => R.throttleTime(3), throwIfEmpty: () => R.throwIfEmpty(() => 'was empty'), timeInterval: () => R.pipe(R.timeInterval(), R.map((t) => t.interval)), timeout: () => R.timeout({each: 3, with: () => R.of('late')}),
    timestamp: () => R.pipe(R.timestamp(), R.map((t) => t.value)), toArray: () => R.toArray(), window: (h) => R.pipe(R.window(h.hot('---x---x')), R.mergeMap((w) => w.pipe(R.toArray()))), windowCount: () => R.pipe(R.windowCount(2), R.mergeMap((w) => w.pipe(R.toArray()))), windowTime: () => R.pipe(R.windowTime(4), R.concatMap((w) => w.pipe(R.toArray()))), withLatestFrom: (h) => R.withLatestFrom(h.hot('x--y--z')), zipWith: (h) => R.zipWith(h.cold('1-2-3-4|')),
    connect: () => R.connect((s) => R.merge(s, s.pipe(R.map((x) => x + x)))), dematerialize: () => R.pipe(R.materialize(), R.dematerialize()), partition: () => R.mergeMap((x) => R.merge(...R.partition([x, x + x], (y) => y.length > 1))), subscribeOn: () => R.subscribeOn(R.asyncScheduler, 2),
  };
  for (const name of Object.keys(operators)) {
    for (const source of SOURCES) show(`${name} ${source}`, () => marbles((h) => (source.startsWith('#') ? h.cold(source) : h.hot(source)).pipe(operators[name](h))));
  }
  const creators = {
    combineLatest: (h) => R.combineLatest({a: h.cold('-a-b|'), b: h.cold('--x-y|')}), concat: (h) => R.concat(h.cold('a|'), h.cold('-b|'), [1, 2]), defer: (h) => R.defer(() => h.cold('a-b|')), forkJoin: (h) => R.forkJoin([h.cold('a-b|'), h.cold('x-y-z|')]), from: () => R.from(new Map([[1, 2]])), generate: () => R.generate(1, (x) => x < 100, (x) => x * 3),
    iif: () => R.iif(() => true, R.of(1), R.of(2)), interval: () => R.interval(5).pipe(R.take(4)), merge: (h) => R.merge(h.cold('a-b|'), h.cold('-c-d|'), 1), onErrorResumeNext: (h) => R.onErrorResumeNext(h.cold('a#'), h.cold('b|')), race: (h) => R.race(h.cold('--a|'), h.cold('-b|')), range: () => R.range(3, 4), throwError: () => R.throwError(() => new Error('made')),
    timer: () => R.timer(2, 3).pipe(R.take(3)), using: (h) => R.using(() => ({unsubscribe() {}}), () => h.cold('a|')), zip: (h) => R.zip(h.cold('a-b-c|'), h.cold('1--2|'), (x, y) => x + y), pairs: () => R.pairs({a: 1, b: 2}), of: () => R.of(1, [2], null), never: () => R.NEVER, empty: () => R.EMPTY,
  };
  for (const name of Object.keys(creators)) show(name, () => marbles(creators[name]));
  const log = [];
  const watch = (name) => ({next: (v) => log.push(`${name}:${text_of(v)}`), error: (e) => log.push(`${name}!${e.name || e}`), complete: () => log.push(`${name}.`)});
  for (const subject of [new R.Subject(), new R.BehaviorSubject(0), new R.ReplaySubject(2), new R.AsyncSubject()]) {
    subject.subscribe(watch('early'));
    subject.next(1), subject.next(2), subject.next(3);
    const subscription = subject.subscribe(watch('late'));
    subject.next(4);
    subscription.unsubscribe();
    subject.complete();
    subject.subscribe(watch('after'));
    log.push([subject.closed, subject.observed, subscription.closed].join());
  }
  show('subjects', log.join(' '));
  log.length = 0;
  R.scheduled([1, 2], R.asapScheduler).subscribe(watch('asap'));
  R.scheduled([3, 4], R.queueScheduler).subscribe(watch('queue'));
  R.scheduled([5, 6], R.asyncScheduler).subscribe(watch('async'));
  R.from(Promise.resolve(7)).subscribe(watch('promise'));
  R.from((async function* () { yield 8; yield 9; })()).subscribe(watch('iterator'));
  R.fromEvent(new EventTarget(), 'x').subscribe(watch('never'));
  log.push('sync');
  await new Promise((resolve) => setTimeout(resolve, 120));
  show('schedulers', log.join(' '));
  show('promises', [await R.firstValueFrom(R.bindNodeCallback((x, done) => setTimeout(() => done(null, x * 2), 5))(5)), await R.firstValueFrom(R.of(1, 2)), await R.lastValueFrom(R.of(1, 2).pipe(R.delay(1))), await R.lastValueFrom(R.EMPTY).catch((e) => e.name), await R.lastValueFrom(R.EMPTY, {defaultValue: 'd'})]);
  await R.firstValueFrom(R.throwError(() => new R.TimeoutError())).catch((e) => show('error', [e.name, e.message, e instanceof Error, e.constructor.name]));
  const seen = [];
  const teardown = new R.Subscription(() => { seen.push('a'); throw new Error('in teardown'); });
  teardown.add(() => seen.push('b'));
  teardown.add(new R.Subscription(() => seen.push('c')));
  show('teardown', () => { try { teardown.unsubscribe(); } catch (e) { seen.push(e.name, e.errors.length, e.message.split('\n')[0]); } return seen; });
  const own = (n) => (source) => new R.Observable((subscriber) => source.subscribe({next: (v) => { for (let i = 0; i < n; i++) subscriber.next(v); }, error: (e) => subscriber.error(e), complete: () => subscriber.complete()}));
  show('own operator', await R.lastValueFrom(R.of('a', 'b').pipe(own(2), R.toArray())));
  show('long', await R.lastValueFrom(R.range(0, 20000).pipe(R.map((x) => x * 2), R.filter((x) => x % 3 === 0), R.scan((a, x) => (a + x) % 10007), R.bufferCount(100), R.map((b) => b.length), R.reduce((a, b) => a + b))));
});
