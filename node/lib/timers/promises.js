// SPDX-License-Identifier: MIT
// Timers as promises.
'use strict';

const timers = require('timers');
const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateObject, validateBoolean, validateNumber } = require('internal/validators');

function check(options) {
  if (options === undefined) return {};
  validateObject(options, 'options');
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
  return options;
}

function run(options, startTimer, stopTimer) {
  const { signal, ref = true } = options;
  if (signal && signal.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  let onAbort;
  const promise = new Promise((resolve, reject) => {
    const timer = startTimer(resolve);
    if (!ref) timer.unref();
    if (signal) {
      onAbort = () => {
        stopTimer(timer);
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
  if (!signal) return promise;
  const remove = () => signal.removeEventListener('abort', onAbort);
  promise.then(remove, remove);
  return promise;
}

function setTimeout(after, value, options) {
  try {
    if (after !== undefined) validateNumber(after, 'delay');
    options = check(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return run(options, (resolve) => timers.setTimeout(resolve, after, value), timers.clearTimeout);
}

function setImmediate(value, options) {
  try {
    options = check(options);
  } catch (error) {
    return Promise.reject(error);
  }
  return run(options, (resolve) => timers.setImmediate(resolve, value), timers.clearImmediate);
}

async function* setInterval(after, value, options) {
  options = check(options);
  const { signal, ref = true } = options;
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let notYielded = 0;
  let wake;
  const interval = timers.setInterval(() => {
    notYielded++;
    if (wake) {
      wake();
      wake = undefined;
    }
  }, after);
  if (!ref) interval.unref();
  let onAbort;
  if (signal) {
    onAbort = () => {
      timers.clearInterval(interval);
      if (wake) {
        wake(Promise.reject(new AbortError(undefined, { cause: signal.reason })));
        wake = undefined;
      }
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }
  try {
    while (!(signal && signal.aborted)) {
      if (notYielded === 0) await new Promise((resolve) => (wake = resolve));
      for (; notYielded > 0; notYielded--) yield value;
    }
    throw new AbortError(undefined, { cause: signal.reason });
  } finally {
    timers.clearInterval(interval);
    if (signal) signal.removeEventListener('abort', onAbort);
  }
}

class Scheduler {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  yield() {
    return setImmediate();
  }
  wait(delay, options) {
    return setTimeout(delay, undefined, options);
  }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: Object.create(Scheduler.prototype) };
