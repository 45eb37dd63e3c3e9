// SPDX-License-Identifier: MIT
// What iterators have, for readable streams: map, filter, toArray and so on. Called with a stream as `this`.
'use strict';

const { AbortError, codes } = require('internal/errors');
const { validateFunction, validateObject, validateAbortSignal, validateInteger } = require('internal/validators');

const kEmpty = Symbol('empty'), kEof = Symbol('eof');

function checkOptions(options) {
  if (options !== null && options !== undefined) validateObject(options, 'options');
  if (options?.signal !== null && options?.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function throwIfAborted(options) {
  if (options?.signal?.aborted) throw abortError(options.signal);
}

function integerOption(value, name, fallback) {
  if (value === null || value === undefined) return fallback;
  const number = Math.floor(value);
  validateInteger(number, name, 1);
  return number;
}

function compose(stream, options) {
  checkOptions(options);
  const { isNodeStream, isWritable } = require('internal/streams/utils');
  if (isNodeStream(stream) && !isWritable(stream)) throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  const composed = require('internal/streams/compose')(this, stream);
  if (options?.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, composed);
  return composed;
}

// Results of f in the order of the chunks, of which `concurrency` are worked on at a time.
class Mapper {
  constructor(f, options) {
    this.f = f;
    this.concurrency = integerOption(options?.concurrency, 'options.concurrency', 1);
    const mark = options?.highWaterMark ?? this.concurrency - 1;
    validateInteger(mark, 'options.highWaterMark', 0);
    this.limit = mark + this.concurrency; // of chunks that nobody has taken yet
    this.controller = new AbortController();
    this.signal = AbortSignal.any([options?.signal, this.controller.signal].filter(Boolean));
    this.queue = [];
    this.running = 0;
    this.isDone = false;
    this.next = undefined; // wakes the taker
    this.resume = undefined; // wakes the pump
  }
  wakeTaker() {
    if (!this.next) return;
    this.next();
    this.next = undefined;
  }
  maybeResume() {
    if (!this.resume || this.isDone || this.running >= this.concurrency || this.queue.length >= this.limit) return;
    this.resume();
    this.resume = undefined;
  }
  async pump(stream) {
    const { signal, queue } = this;
    const onDone = () => {
      this.running--;
      this.maybeResume();
    };
    const onCatch = () => {
      this.isDone = true;
      onDone();
    };
    try {
      for await (const chunk of stream) {
        if (this.isDone) return;
        if (signal.aborted) throw new AbortError();
        let value;
        try {
          value = this.f(chunk, { signal });
          if (value === kEmpty) continue;
          value = Promise.resolve(value);
        } catch (error) {
          value = Promise.reject(error);
        }
        this.running++;
        value.then(onDone, onCatch);
        queue.push(value);
        this.wakeTaker();
        if (!this.isDone && (queue.length >= this.limit || this.running >= this.concurrency)) {
          await new Promise((resolve) => {
            this.resume = resolve;
          });
        }
      }
      queue.push(kEof);
    } catch (error) {
      const failure = Promise.reject(error);
      failure.then(onDone, onCatch);
      queue.push(failure);
    } finally {
      this.isDone = true;
      this.wakeTaker();
    }
  }
  async *results(stream) {
    this.pump(stream);
    const { queue, signal } = this;
    try {
      for (;;) {
        while (queue.length > 0) {
          const value = await queue[0];
          if (value === kEof) return;
          if (signal.aborted) throw new AbortError();
          if (value !== kEmpty) yield value;
          queue.shift();
          this.maybeResume();
        }
        await new Promise((resolve) => {
          this.next = resolve;
        });
      }
    } finally {
      this.isDone = true;
      this.controller.abort();
      if (this.resume) {
        this.resume();
        this.resume = undefined;
      }
    }
  }
}

function map(f, options) {
  validateFunction(f, 'fn');
  checkOptions(options);
  return new Mapper(f, options).results(this);
}

function filter(f, options) {
  validateFunction(f, 'fn');
  return map.call(this, async (value, extras) => (await f(value, extras) ? value : kEmpty), options);
}

function flatMap(f, options) {
  const values = map.call(this, f, options);
  return (async function* () {
    for await (const value of values) yield* value;
  })();
}

async function forEach(f, options) {
  validateFunction(f, 'fn');
  const apply = async (value, extras) => {
    await f(value, extras);
    return kEmpty;
  };
  for await (const nothing of map.call(this, apply, options)); // eslint-disable-line no-unused-vars
}

async function some(f, options) {
  for await (const value of filter.call(this, f, options)) return value, true; // eslint-disable-line no-sequences
  return false;
}

async function every(f, options) {
  validateFunction(f, 'fn');
  return !(await some.call(this, async (...args) => !(await f(...args)), options));
}

async function find(f, options) {
  for await (const result of filter.call(this, f, options)) return result;
  return undefined;
}

class ReduceAwareErrMissingArgs extends codes.ERR_MISSING_ARGS {
  constructor() {
    super('reduce');
    this.message = 'Reduce of an empty stream requires an initial value';
  }
}

async function reduce(reducer, initialValue, options) {
  validateFunction(reducer, 'reducer');
  checkOptions(options);
  let hasValue = arguments.length > 1;
  if (options?.signal?.aborted) {
    const error = abortError(options.signal);
    this.once('error', () => {}); // it is told by the promise
    const { finished } = require('stream/promises');
    await finished(this.destroy(error)).catch(() => {});
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  if (options?.signal) options.signal.addEventListener('abort', () => controller.abort(), { once: true });
  let isEmpty = true;
  try {
    for await (const value of this) {
      isEmpty = false;
      if (options?.signal?.aborted) throw new AbortError();
      if (hasValue) {
        initialValue = await reducer(initialValue, value, { signal });
      } else {
        initialValue = value;
        hasValue = true;
      }
    }
    if (isEmpty && !hasValue) throw new ReduceAwareErrMissingArgs();
  } finally {
    controller.abort();
  }
  return initialValue;
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const value of this) {
    throwIfAborted(options);
    result.push(value);
  }
  return result;
}

function toCount(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* () {
    throwIfAborted(options);
    for await (const value of stream) {
      throwIfAborted(options);
      if (number-- <= 0) yield value;
    }
  })();
}

function take(number, options) {
  checkOptions(options);
  number = toCount(number);
  const stream = this;
  return (async function* () {
    throwIfAborted(options);
    for await (const value of stream) {
      throwIfAborted(options);
      if (number-- > 0) yield value;
      if (number <= 0) return; // without waiting for one more
    }
  })();
}

module.exports = { compose, drop, every, filter, find, flatMap, forEach, map, reduce, some, take, toArray };
