// SPDX-License-Identifier: MIT
// Socket: a Duplex over a pipe of internalBinding('pipe'), for the standard streams of child processes.
'use strict';

const { Duplex } = require('stream');
const { errnoException } = require('internal/errors');
const pipe = internalBinding('pipe');

const kPipe = Symbol('kPipe'), kReading = Symbol('kReading'), kClosed = Symbol('kClosed');

// A pipe that is not connected yet: a process is started with it. It tells its stream what comes.
function createPipe() {
  const owner = { stream: null };
  owner.pipe = pipe.create(false, (chunk) => owner.stream?._take(chunk), () => owner.stream?.[kClosed]?.());
  return owner;
}

class Socket extends Duplex {
  #bytesRead = 0;
  #bytesWritten = 0;
  constructor(owner, options) {
    super({ ...options, allowHalfOpen: false, emitClose: true, decodeStrings: false });
    Object.defineProperty(this, kPipe, { value: owner.pipe, writable: true, enumerable: false });
    Object.defineProperty(this, kReading, { value: false, writable: true, enumerable: false });
    owner.stream = this;
    if (options.readable) this.read(0);
  }
  get bytesRead() {
    return this.#bytesRead;
  }
  get bytesWritten() {
    return this.#bytesWritten;
  }
  get pending() {
    return this[kPipe] === null;
  }
  get connecting() {
    return false;
  }
  get readyState() {
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }
  // The descriptor, for processes that inherit the stream; -1 when it is closed.
  get fd() {
    return this[kPipe] === null ? -1 : pipe.descriptor(this[kPipe]);
  }
  _take(chunk) {
    if (this[kPipe] === null) return;
    if (chunk === null) {
      this[kReading] = false;
      this.push(null);
      if (this.readableLength === 0) this.read(0);
    } else if (typeof chunk === 'number') {
      this.destroy(errnoException(chunk, 'read'));
    } else {
      this.#bytesRead += chunk.length;
      if (!this.push(Buffer.from(chunk.buffer)) && this[kPipe] !== null) {
        this[kReading] = false;
        pipe.readStop(this[kPipe]);
      }
    }
  }
  _read() {
    if (this[kReading] || this[kPipe] === null) return;
    this[kReading] = true;
    const error = pipe.readStart(this[kPipe]);
    if (error) this.destroy(errnoException(error, 'read'));
  }
  _write(chunk, encoding, callback) {
    if (this[kPipe] === null) return void callback(new (require('internal/errors').codes.ERR_STREAM_DESTROYED)('write'));
    if (typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8') chunk = Buffer.from(chunk, encoding);
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
    const done = (status) => (status < 0 ? callback(errnoException(status, 'write')) : ((this.#bytesWritten += size), callback()));
    const result = pipe.write(this[kPipe], chunk, done);
    if (result !== 0) done(result);
  }
  _final(callback) {
    if (this[kPipe] === null) return void callback();
    const error = pipe.shutdown(this[kPipe], (status) => callback(status < 0 && !this.destroyed ? errnoException(status, 'shutdown') : null));
    if (error) callback(errnoException(error, 'shutdown'));
  }
  _destroy(error, callback) {
    const open = this[kPipe];
    this[kPipe] = null;
    if (open === null) return void callback(error);
    Object.defineProperty(this, kClosed, { value: () => callback(error), configurable: true, enumerable: false });
    pipe.close(open);
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }
  setTimeout() {
    return this;
  }
  ref() {
    if (this[kPipe] !== null) pipe.reference(this[kPipe], true);
    return this;
  }
  unref() {
    if (this[kPipe] !== null) pipe.reference(this[kPipe], false);
    return this;
  }
}

module.exports = { Socket, createPipe };
