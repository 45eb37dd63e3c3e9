// SPDX-License-Identifier: MIT
// Readable.from(): a stream of what an iterable gives.
'use strict';

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

const { nextTick } = internalBinding('process');

function iteratorOf(iterable) {
  if (iterable && iterable[Symbol.asyncIterator]) return [iterable[Symbol.asyncIterator](), true];
  if (iterable && iterable[Symbol.iterator]) return [iterable[Symbol.iterator](), false];
  throw new codes.ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
}

// Tells the iterator that nobody wants more.
async function close(iterator, error) {
  if (error !== null && error !== undefined && typeof iterator.throw === 'function') {
    const { value, done } = await iterator.throw(error);
    await value;
    if (done) return;
  }
  if (typeof iterator.return === 'function') {
    const { value } = await iterator.return();
    await value;
  }
}

class Source {
  constructor(stream, iterator, isAsync) {
    this.stream = stream;
    this.iterator = iterator;
    this.isAsync = isAsync;
    this.isReading = false;
  }
  read() {
    if (this.isReading) return;
    this.isReading = true;
    if (this.isAsync) this.nextAsync();
    else this.nextSync();
  }
  // false: wait until it is read again.
  push(value) {
    if (value === null) {
      this.isReading = false;
      throw new codes.ERR_STREAM_NULL_VALUES();
    }
    if (this.stream.push(value)) return true;
    this.isReading = false;
    return false;
  }
  async nextAsync() {
    try {
      for (;;) {
        const { value, done } = await this.iterator.next();
        if (done) {
          this.stream.push(null);
          return;
        }
        if (!this.push(isThenable(value) ? await value : value)) return;
      }
    } catch (error) {
      this.stream.destroy(error);
    }
  }
  nextSync() {
    try {
      for (;;) {
        const { value, done } = this.iterator.next();
        if (done) {
          this.stream.push(null);
          return;
        }
        if (isThenable(value)) {
          this.nextPromised(value);
          return;
        }
        if (!this.push(value)) return;
      }
    } catch (error) {
      this.stream.destroy(error);
    }
  }
  // A promise out of an ordinary iterator.
  async nextPromised(promise) {
    try {
      if (!this.push(await promise)) return;
    } catch (error) {
      this.stream.destroy(error);
      return;
    }
    this.nextSync();
  }
}

function isThenable(value) {
  return Boolean(value) && typeof value.then === 'function';
}

function from(Class, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Class({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  const { 0: iterator, 1: isAsync } = iteratorOf(iterable);
  const stream = new Class({ objectMode: true, highWaterMark: 1, ...options });
  const source = new Source(stream, iterator, isAsync);
  const destroy = stream._destroy;
  stream._read = () => source.read();
  stream._destroy = function(error, callback) {
    destroy.call(this, error, (e) => {
      const cause = e || error;
      close(iterator, cause).then(() => nextTick(callback, cause), (failure) => nextTick(callback, failure || cause));
    });
  };
  return stream;
}

module.exports = from;
