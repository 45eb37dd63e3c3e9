// SPDX-License-Identifier: MIT
// process.stdin: a readable that is read by the loop (internalBinding('tty').readStart) while somebody listens. QueuedReadable is the part that
// does not know where its chunks come from.
'use strict';

const EventEmitter = require('events');
const tty = internalBinding('tty');
const { StringDecoder } = require('string_decoder');

class QueuedReadable extends EventEmitter {
  #chunks = [];
  #ended = false;
  #emittedEnd = false;
  #flowing = null;
  #decoder = null;
  #paused = false;
  #waiters = [];
  constructor() {
    super();
    this.readable = true;
  }
  get destroyed() {
    return false;
  }
  get readableEnded() {
    return this.#emittedEnd;
  }
  get readableFlowing() {
    return this.#flowing;
  }
  get readableLength() {
    return this.#chunks.reduce((n, c) => n + c.length, 0);
  }
  get readableEncoding() {
    return this.#decoder ? this.#decoder.encoding : null;
  }
  // For those who know the source: somebody wants chunks, nobody does.
  _start() {}
  _stop() {}
  // Bytes or text that came; null: the end; a number: libuv's error.
  _push(bytes) {
    if (this.#ended) return;
    if (bytes === null || typeof bytes === 'number') {
      this._stop();
      this.#ended = true;
      const rest = this.#decoder ? this.#decoder.end() : '';
      if (rest) this.#push(rest);
      if (typeof bytes === 'number') this.emit('error', require('internal/errors').errnoException(bytes, 'read'));
      if (this.#isRead()) this.#finish();
      return;
    }
    const { Buffer } = require('buffer');
    const chunk = Buffer.from(bytes);
    this.#push(this.#decoder ? this.#decoder.write(chunk) : chunk);
  }
  // The end is only told to those who read.
  #isRead() {
    return this.#flowing !== null || this.#waiters.length > 0;
  }
  #start() {
    if (!this.#ended) this._start();
    else if (this.#flowing === false) process.nextTick(() => this.#finish());
  }
  #push(chunk) {
    if (chunk.length === 0) return;
    if (this.#flowing && !this.#paused) {
      this.emit('data', chunk);
      return;
    }
    this.#chunks.push(chunk);
    this.emit('readable');
    this.#wake();
  }
  #wake() {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
  #finish() {
    this.#wake();
    if (this.#emittedEnd || !this.#ended || this.#chunks.length > 0) {
      if (!this.#emittedEnd && this.#ended && this.#chunks.length > 0 && !this.#flowing) this.emit('readable');
      return;
    }
    this.#emittedEnd = true;
    this.readable = false;
    if (this.listenerCount('readable') > 0) this.emit('readable');
    this.emit('end');
    this.emit('close');
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === 'data' && this.#flowing !== false) this.resume();
    if (name === 'readable') {
      this.#flowing = false;
      this.#start();
    }
    return this;
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  resume() {
    this.#flowing = true;
    this.#paused = false;
    process.nextTick(() => {
      while (this.#flowing && this.#chunks.length > 0) this.emit('data', this.#chunks.shift());
      if (this.#flowing && this.#ended) this.#finish();
    });
    this.#start();
    return this;
  }
  pause() {
    this.#flowing = false;
    this.#paused = true;
    this._stop();
    return this;
  }
  isPaused() {
    return this.#paused;
  }
  setEncoding(encoding) {
    this.#decoder = new StringDecoder(encoding);
    return this;
  }
  read(size) {
    if (this.#chunks.length === 0) {
      if (this.#ended) process.nextTick(() => this.#finish());
      return null;
    }
    const all = this.#decoder ? this.#chunks.join('') : require('buffer').Buffer.concat(this.#chunks);
    if (size !== undefined && size < all.length) {
      this.#chunks = [all.slice(size)];
      return all.slice(0, size);
    }
    this.#chunks = [];
    if (this.#ended) process.nextTick(() => this.#finish());
    return all;
  }
  pipe(target, options) {
    this.on('data', (chunk) => {
      if (target.write(chunk) === false && typeof target.once === 'function' && target.writableNeedDrain) {
        this.pause();
        target.once('drain', () => this.resume());
      }
    });
    if (!options || options.end !== false) {
      if (target !== process.stdout && target !== process.stderr) this.once('end', () => target.end());
    }
    target.emit?.('pipe', this);
    return target;
  }
  unpipe() {
    this.removeAllListeners('data');
    this.pause();
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  destroy() {
    this._stop();
    return this;
  }
  async *[Symbol.asyncIterator]() {
    this.#flowing = false;
    this.#start();
    for (;;) {
      const chunk = this.read();
      if (chunk !== null) {
        yield chunk;
        continue;
      }
      if (this.#ended) return;
      await new Promise((resolve) => this.#waiters.push(resolve));
    }
  }
}

class ReadStream extends QueuedReadable {
  #handle = null;
  #raw = false;
  constructor(fd, type) {
    super();
    this.fd = fd;
    if (type === 'TTY') {
      this.isTTY = true;
      this.isRaw = false;
    }
  }
  _start() {
    this.#handle ??= tty.readStart(this.fd, (bytes) => this._push(bytes));
  }
  _stop() {
    if (this.#handle === null) return;
    tty.readStop(this.#handle);
    this.#handle = null;
  }
  setRawMode(flag) {
    const error = tty.setRawMode(this.fd, Boolean(flag));
    if (error < 0) {
      this.emit('error', require('internal/errors').errnoException(error, 'setRawMode'));
      return this;
    }
    this.#raw = Boolean(flag);
    this.isRaw = this.#raw;
    return this;
  }
  ref() {
    if (this.#handle !== null) tty.readReference(this.#handle, true);
    return this;
  }
  unref() {
    if (this.#handle !== null) tty.readReference(this.#handle, false);
    return this;
  }
  destroy() {
    this._stop();
    return this;
  }
}

module.exports = { ReadStream, QueuedReadable };
