// SPDX-License-Identifier: MIT
// The asynchronous iterator of a readable stream. By hand, not as an async generator: a chunk that is there costs one promise.
'use strict';

const { aggregateTwoErrors } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { finished } = require('internal/streams/end_of_stream');

const NEXT = 0, RETURN = 1, THROW = 2;

const resolved = Promise.resolve();
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype));

class Chunks {
  constructor(stream, options) {
    this.stream = stream;
    this.destroysOnReturn = options?.destroyOnReturn !== false;
    this.requests = []; // { kind, value, resolve, reject } in order
    this.isStarted = false;
    this.isOver = false;
    this.error = undefined; // null: the end
    this.cleanUp = undefined;
    this.isWaking = false;
    this.onReadable = () => this.wake();
  }
  start() {
    this.isStarted = true;
    this.stream.on('readable', this.onReadable);
    this.cleanUp = finished(this.stream, { writable: false }, (error) => {
      this.error = error ? aggregateTwoErrors(this.error, error) : null;
      this.wake();
    });
  }
  // Those who wait get theirs a microtask later: other listeners see the stream before.
  wake() {
    if (this.isWaking || this.requests.length === 0) return;
    this.isWaking = true;
    resolved.then(() => {
      this.isWaking = false;
      this.serve();
    });
  }
  read() {
    return this.stream.destroyed ? null : this.stream.read();
  }
  request(kind, value) {
    let isEmpty = false;
    if (kind === NEXT && this.requests.length === 0 && !this.isOver) {
      if (!this.isStarted) this.start();
      const chunk = this.read();
      if (chunk !== null) return Promise.resolve({ done: false, value: chunk });
      isEmpty = this.error === undefined;
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    this.requests.push({ kind, value, resolve, reject });
    if (this.requests.length === 1 && !isEmpty) this.serve();
    return promise;
  }
  // Answers as many as can be answered now.
  serve() {
    while (this.requests.length > 0 && this.answer(this.requests[0])) this.requests.shift();
  }
  answer({ kind, value, resolve, reject }) {
    if (kind === NEXT && !this.isOver) {
      const chunk = this.read();
      if (chunk !== null) {
        resolve({ done: false, value: chunk });
        return true;
      }
      if (this.error === undefined) return false;
    }
    const { error, isOver } = this;
    if (!isOver) {
      if (kind === THROW) this.error = aggregateTwoErrors(error, value);
      this.end();
    }
    if (kind === THROW) reject(value);
    else if (kind === NEXT && !isOver && error) reject(error);
    else resolve({ done: true, value });
    return true;
  }
  end() {
    this.isOver = true;
    if (!this.isStarted) return;
    const { stream, error } = this;
    if ((error || this.destroysOnReturn) && (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', this.onReadable);
      this.cleanUp();
    }
  }
}

// The functions are the iterator's own, as programs take them off it.
function iterate(stream, options) {
  const chunks = new Chunks(stream, options);
  const iterator = Object.create(AsyncIteratorPrototype);
  iterator.next = function next() {
    return chunks.request(NEXT, undefined);
  };
  iterator.return = function(value) {
    return chunks.request(RETURN, value);
  };
  iterator.throw = function(error) {
    return chunks.request(THROW, error);
  };
  iterator.stream = stream;
  return iterator;
}

module.exports = { iterate };
