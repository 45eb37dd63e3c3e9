// SPDX-License-Identifier: MIT
// process.stdout, stderr and stdin over descriptors: writes are synchronous, as Node's are to files, pipes and terminals.
'use strict';

const EventEmitter = require('events');
const { write, handleType } = internalBinding('process');

const kEnded = Symbol('ended');

function Output(fd, isTTY) {
  EventEmitter.call(this);
  this.fd = fd;
  this._type = isTTY ? 'tty' : 'fs';
  this._isStdio = true;
  this.writable = true;
  if (isTTY) this.isTTY = true;
  Object.defineProperty(this, kEnded, { value: false, writable: true, enumerable: false });
}
Object.setPrototypeOf(Output.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Output, EventEmitter);

const accepted = ['string', 'Buffer', 'TypedArray', 'DataView'];

Output.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
    const { codes } = require('internal/errors');
    if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', accepted, chunk);
  }
  if (this[kEnded]) {
    const { codes } = require('internal/errors');
    const error = new codes.ERR_STREAM_WRITE_AFTER_END();
    if (callback) process.nextTick(callback, error);
    process.nextTick(() => this.emit('error', error));
    return false;
  }
  if (typeof chunk === 'string' && encoding && encoding !== 'utf8' && encoding !== 'utf-8') chunk = require('buffer').Buffer.from(chunk, encoding);
  const result = this._put(chunk);
  if (result < 0) {
    const { errnoException, uvException } = require('internal/errors');
    const isStream = this.isTTY || handleType(this.fd) === 'PIPE';
    const error = isStream ? errnoException(result, 'write') : uvException({ errno: result, syscall: 'write' });
    if (callback) process.nextTick(callback, error);
    process.nextTick(() => this.emit('error', error));
    return false;
  }
  if (callback) process.nextTick(callback, null);
  return true;
};

// All of it, at once: 0 or libuv's error.
Output.prototype._put = function(chunk) {
  return write(this.fd, chunk);
};

Output.prototype.end = function(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = undefined;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
  this[kEnded] = true;
  this.writable = false;
  this._finish();
  process.nextTick(() => {
    this.emit('finish');
    if (callback) callback();
  });
  return this;
};
Output.prototype._finish = function() {};
Output.prototype.destroy = function() {
  return this;
};
Output.prototype.destroySoon = Output.prototype.destroy;
Output.prototype._destroy = function(error, callback) {
  callback(error);
};
Output.prototype.cork = function() {};
Output.prototype.uncork = function() {};
Output.prototype.ref = function() {
  return this;
};
Output.prototype.unref = Output.prototype.ref;
Output.prototype.setDefaultEncoding = function() {
  return this;
};
for (const [name, value] of Object.entries({
  writableLength: 0, writableHighWaterMark: 16384, writableObjectMode: false, writableNeedDrain: false, writableCorked: 0, destroyed: false,
})) {
  Object.defineProperty(Output.prototype, name, { configurable: true, enumerable: false, get: () => value });
}
for (const name of ['writableEnded', 'writableFinished']) {
  Object.defineProperty(Output.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      return this[kEnded];
    },
  });
}

// ---- Terminals ----

function size(fd) {
  return internalBinding('tty').size(fd);
}
for (const [name, index] of [['columns', 0], ['rows', 1]]) {
  Object.defineProperty(Output.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      return this.isTTY ? size(this.fd)[index] : undefined;
    },
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
}
Output.prototype.getWindowSize = function() {
  return this.isTTY ? size(this.fd) : undefined;
};
Output.prototype.getColorDepth = function(env) {
  return require('internal/tty_colors').getColorDepth(env);
};
Output.prototype.hasColors = function(count, env) {
  return require('internal/tty_colors').hasColors(count, env);
};
function cursorCall(f) {
  return function(...args) {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : undefined;
    return this.write(f(...args), callback);
  };
}
Output.prototype.cursorTo = cursorCall((x, y) => (typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`));
Output.prototype.moveCursor = cursorCall((dx, dy) =>
  `${dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : ''}${dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : ''}`);
Output.prototype.clearLine = cursorCall((dir) => (dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K'));
Output.prototype.clearScreenDown = cursorCall(() => '\x1b[0J');

// ---- Threads: what is written goes to put(chunk), in one process. ----

class WritableWorkerStdio extends Output {
  #put;
  constructor(put) {
    super(-1, false);
    delete this.fd;
    delete this._type;
    this.#put = put;
  }
  _put(chunk) {
    this.#put(chunk);
    return 0;
  }
  _finish() {
    this.#put(null);
  }
}

function makeOutput(fd) {
  if (handleType(fd) === 'WORKER') return new WritableWorkerStdio((chunk) => chunk !== null && write(fd, chunk));
  return new Output(fd, handleType(fd) === 'TTY');
}

function makeStdin(fd) {
  if (handleType(fd) === 'WORKER') return require('internal/worker/child').makeStdin();
  const { ReadStream } = require('internal/stdin');
  return new ReadStream(fd, handleType(fd));
}

module.exports = { makeOutput, makeStdin, Output, WritableWorkerStdio };
