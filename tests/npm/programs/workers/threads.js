// SPDX-License-Identifier: MIT
// The worker of threads.js: promises, observables, transfers, errors.
'use strict';
const {expose} = require('threads/worker');
const {Transfer} = require('threads');
const {Observable, Subject} = require('threads/observable');
const tasks = require('./tasks.js');

let subject = new Subject();
let calls = 0;
expose({
  primes: tasks.primes,
  queens: (n) => tasks.queens(n),
  fail: tasks.fail,
  fail_later: async (kind) => { await tasks.sleep(1); return tasks.fail(kind); },
  forever: tasks.forever,
  count: () => ++calls,
  sleep: (ms) => tasks.sleep(ms).then(() => ms),
  scale: (bytes, factor) => Transfer(tasks.scale(new Uint8Array(bytes), factor).buffer),
  countdown: (n) => new Observable((observer) => {
    (async () => {
      for (let i = n; i > 0; i--) { observer.next(i); await tasks.sleep(1); }
      observer.complete();
    })();
  }),
  breaks: (n) => new Observable((observer) => {
    for (let i = 0; i < n; i++) observer.next(i);
    observer.error(new RangeError(`broke after ${n}`));
  }),
  add: (value) => { subject.next(value); },
  finish: () => { subject.complete(); subject = new Subject(); },
  values: () => Observable.from(subject),
  echo: (...all) => all,
});
