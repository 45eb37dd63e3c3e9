// SPDX-License-Identifier: MIT
// util.debounce and util.throttle: functions that call another one less often than they are called, and give promises for what it returns.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { validateFunction, validateInteger, validateBoolean, validateNumber, validateObject, validateOneOf, validateAbortSignal } =
  require('internal/validators');
const { performance } = require('internal/perf/performance');

const TIMER_MAX = 2 ** 31 - 1;

const aborted = (reason) => new AbortError(undefined, reason === undefined ? undefined : { cause: reason });

function checkSignal(signal) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw aborted(signal.reason);
}

// Calls now; what is returned or thrown settles the promise.
const invoke = (fn, self, args) => new Promise((resolve) => resolve(Reflect.apply(fn, self, args)));

// A timer that keeps its owner's word about the loop.
class Timer {
  #timer = null;
  #isReferenced = true;
  get isRunning() {
    return this.#timer !== null;
  }
  start(delay, f) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      f();
    }, delay);
    if (!this.#isReferenced) this.#timer.unref();
  }
  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
  reference(yes) {
    this.#isReferenced = yes;
    if (yes) this.#timer?.ref();
    else this.#timer?.unref();
  }
}

// What both kinds of function have.
function furnish(limited, fn, timer, signal, cancel, methods, facts) {
  Object.defineProperty(limited, 'name', { value: fn.name, configurable: true });
  Object.defineProperty(limited, 'length', { value: fn.length, configurable: true });
  Object.assign(limited, { cancel }, methods, {
    ref() {
      timer.reference(true);
      return limited;
    },
    unref() {
      timer.reference(false);
      return limited;
    },
  });
  for (const name of Object.keys(facts)) Object.defineProperty(limited, name, { get() { return facts[name](); } });
  signal?.addEventListener('abort', () => cancel(signal.reason), { once: true });
  return limited;
}

function debounce(fn, wait, options = {}) {
  validateFunction(fn, 'fn');
  validateInteger(wait, 'wait', 0, TIMER_MAX);
  validateObject(options, 'options');
  const { leading = false, rejectOnCancel = false, signal } = options;
  validateBoolean(leading, 'options.leading');
  validateBoolean(rejectOnCancel, 'options.rejectOnCancel');
  checkSignal(signal);

  const timer = new Timer(); // runs as long as the window is open
  let waiting = []; // [resolve, reject] of those that get the next result
  let latest = null; // arguments of the newest call
  let pending = null;

  function take() {
    const taken = waiting;
    waiting = [];
    pending = null;
    return taken;
  }
  function reject(error) {
    for (const one of take()) one[1](error);
  }
  function run() {
    if (waiting.length === 0) return;
    const taken = take();
    invoke(fn, debounced, latest).then((value) => taken.forEach((one) => one[0](value)), (reason) => taken.forEach((one) => one[1](reason)));
  }
  function debounced(...args) {
    if (signal?.aborted) return Promise.reject(aborted(signal.reason));
    if (leading && !timer.isRunning) {
      timer.start(wait, run);
      return invoke(fn, debounced, args);
    }
    if (rejectOnCancel) reject(new AbortError('The debounced call was superseded'));
    latest = args;
    timer.start(wait, run);
    return (pending = new Promise((resolve, fail) => waiting.push([resolve, fail])));
  }
  function cancel(reason) {
    timer.stop();
    reject(aborted(reason));
  }
  function flush() {
    if (waiting.length === 0) return;
    timer.stop();
    run();
  }
  return furnish(debounced, fn, timer, signal, cancel, { flush }, { pending: () => pending, pendingCount: () => waiting.length });
}

// How many calls may begin: in windows, or in any interval.
class Windows {
  #limit;
  #interval;
  #begin = -Infinity;
  #count = 0;
  constructor(limit, interval) {
    this.#limit = limit;
    this.#interval = interval;
  }
  // Milliseconds until a call may begin; 0: now
  wait(now) {
    const left = this.#begin + this.#interval - now;
    return left <= 0 || this.#count < this.#limit ? 0 : left;
  }
  note(now) {
    if (now >= this.#begin + this.#interval) {
      this.#begin = now;
      this.#count = 0;
    }
    this.#count++;
  }
  reset() {
    this.#begin = -Infinity;
    this.#count = 0;
  }
}

class Rolling {
  #limit;
  #interval;
  #begun = []; // the last calls, at most `limit`
  constructor(limit, interval) {
    this.#limit = limit;
    this.#interval = interval;
  }
  wait(now) {
    return this.#begun.length < this.#limit ? 0 : Math.max(0, this.#begun[0] + this.#interval - now);
  }
  note(now) {
    this.#begun.push(now);
    if (this.#begun.length > this.#limit) this.#begun.shift();
  }
  reset() {
    this.#begun = [];
  }
}

function countOption(value, name, least) {
  validateNumber(value, name);
  if (value !== Infinity) validateInteger(value, name, least);
}

function throttle(fn, limit, interval, options = {}) {
  validateFunction(fn, 'fn');
  validateInteger(limit, 'limit', 1);
  validateInteger(interval, 'interval', 0, TIMER_MAX);
  validateObject(options, 'options');
  const { concurrency = Infinity, maxPending = Infinity, overflow = 'queue', signal, strict = false } = options;
  countOption(concurrency, 'options.concurrency', 1);
  countOption(maxPending, 'options.maxPending', 0);
  validateOneOf(overflow, 'options.overflow', ['queue', 'drop']);
  validateBoolean(strict, 'options.strict');
  checkSignal(signal);

  const timer = new Timer();
  const rate = strict ? new Rolling(limit, interval) : new Windows(limit, interval);
  let queue = []; // { args, promise, resolve, reject }
  let active = 0;

  const mayBegin = () => active < concurrency && rate.wait(performance.now()) === 0;
  function begin(args) {
    rate.note(performance.now());
    active++;
    const promise = invoke(fn, throttled, args);
    const ended = () => {
      active--;
      proceed();
    };
    promise.then(ended, ended);
    return promise;
  }
  function proceed() {
    while (queue.length > 0 && mayBegin()) {
      const { args, resolve } = queue.shift();
      resolve(begin(args));
    }
    if (queue.length === 0) timer.stop();
    else if (active < concurrency && !timer.isRunning) timer.start(Math.max(1, Math.ceil(rate.wait(performance.now()))), proceed);
  }
  function refusal() {
    const promise = Promise.reject(new codes.ERR_THROTTLED());
    promise.catch(() => {}); // who does not look at it need not
    return promise;
  }
  function throttled(...args) {
    if (signal?.aborted) return Promise.reject(aborted(signal.reason));
    if (queue.length === 0 && mayBegin()) return begin(args);
    if (overflow === 'drop' || queue.length >= maxPending) return refusal();
    const { promise, resolve, reject } = Promise.withResolvers();
    queue.push({ args, promise, resolve, reject });
    proceed();
    return promise;
  }
  function cancel(reason) {
    timer.stop();
    rate.reset();
    const taken = queue;
    queue = [];
    for (const { reject } of taken) reject(aborted(reason));
  }
  const hasImmediateCapacity = () => queue.length === 0 && !signal?.aborted && mayBegin();
  return furnish(throttled, fn, timer, signal, cancel, { hasImmediateCapacity }, {
    pending: () => queue.at(-1)?.promise ?? null,
    pendingCount: () => queue.length,
    activeCount: () => active,
  });
}

module.exports = { debounce, throttle };
