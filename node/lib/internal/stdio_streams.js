// SPDX-License-Identifier: MIT
// The streams of standard output: to a descriptor, where a write is done when it returns, and between a worker and its parent, where the other
// side says when it wants more. They cannot be closed: destroy() is heard and forgotten.
'use strict';

const { Writable, Readable } = require('stream');
const { kFailure, addTerminal, onNewListener } = require('internal/stdio');

const { write, nextTick } = internalBinding('process');

function bytesOf(chunk, encoding) {
  if (typeof chunk !== 'string' || encoding === 'utf8' || encoding === 'utf-8') return chunk;
  return require('buffer').Buffer.from(chunk, encoding);
}

// destroy() of something that stays open.
function stayOpen(error, callback) {
  callback(error);
  this._undestroy();
  if (!this._writableState.emitClose) nextTick(() => this.emit('close'));
}

// ---- To a descriptor ----

function initialise(stream) {
  Writable.call(stream, { autoDestroy: true, decodeStrings: false });
  stream.readable = false;
  stream.destroySoon = stream.destroy;
  stream._destroy = stayOpen;
}

function describe(stream, fd, isTTY) {
  stream.fd = fd;
  stream._type = isTTY ? 'tty' : internalBinding('process').handleType(fd) === 'PIPE' ? 'pipe' : 'fs';
  stream._isStdio = true;
  if (isTTY) stream.isTTY = true;
}

function SyncWriteStream(fd) {
  initialise(this);
  describe(this, fd, false);
}

function putOut(chunk, encoding, callback) {
  const failure = this[kFailure];
  this[kFailure] = undefined;
  const result = failure ?? write(this.fd, bytesOf(chunk, encoding));
  if (result >= 0) {
    callback();
    return;
  }
  const { errnoException, uvException } = require('internal/errors');
  const isStream = this._type !== 'fs';
  callback(isStream ? errnoException(result, 'write') : uvException({ errno: result, syscall: 'write' }));
}

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  initialise(this);
  describe(this, fd, true);
  this.on('newListener', onNewListener);
}

for (const Class of [SyncWriteStream, WriteStream]) {
  Object.setPrototypeOf(Class.prototype, Writable.prototype);
  Object.setPrototypeOf(Class, Writable);
  Class.prototype._write = putOut;
  Object.defineProperty(Class.prototype, kFailure, { value: undefined, writable: true, enumerable: false });
}
addTerminal(WriteStream.prototype);

// ---- Between threads ----

const kSend = Symbol('send'), kWaiting = Symbol('waiting');

// send(chunk, wantsAnswer) takes a chunk to the other side, null at the end; taken() has to be called when that side wants more.
function WritableWorkerStdio(send) {
  Writable.call(this, { decodeStrings: false });
  Object.defineProperty(this, kSend, { value: send, enumerable: false });
  Object.defineProperty(this, kWaiting, { value: null, writable: true, enumerable: false });
}
Object.setPrototypeOf(WritableWorkerStdio.prototype, Writable.prototype);
Object.setPrototypeOf(WritableWorkerStdio, Writable);

WritableWorkerStdio.prototype._writev = function(chunks, callback) {
  this[kWaiting] = callback;
  chunks.forEach(({ chunk, encoding }, i) => this[kSend](bytesOf(chunk, encoding), i === chunks.length - 1));
};

WritableWorkerStdio.prototype._final = function(callback) {
  this[kSend](null, false);
  callback();
};

function taken(stream) {
  const callback = stream[kWaiting];
  stream[kWaiting] = null;
  if (callback) callback();
}

// What waits for the other side goes at once: the thread ends.
function flush(stream) {
  if (stream.writableCorked > 0 || stream.destroyed) return;
  for (const { chunk, encoding } of stream._writableState.getBuffer()) stream[kSend](bytesOf(chunk, encoding), false);
}

// wanted() is called when somebody reads and nothing is there.
class ReadableWorkerStdio extends Readable {
  #wanted;
  constructor(wanted) {
    super();
    this.#wanted = wanted;
  }
  _read() {
    this.#wanted();
  }
}

// ---- process.stdout and stderr ----

// The output that a worker has of its own.
function sendOutput(stream, fd) {
  const { registerOutput } = require('internal/worker/child');
  WritableWorkerStdio.call(stream, registerOutput(stream, fd));
}

function makeOutput(fd, isWorker, isTTY) {
  if (!isWorker) return isTTY ? new WriteStream(fd) : new SyncWriteStream(fd);
  const stream = Object.create(WritableWorkerStdio.prototype);
  sendOutput(stream, fd);
  return stream;
}

// A small object of internal/stdio becomes the stream that it stood for. workerFd: a worker's.
function turnInto(output, workerFd) {
  if (workerFd !== undefined) {
    Object.setPrototypeOf(output, WritableWorkerStdio.prototype);
    sendOutput(output, workerFd);
    return;
  }
  Object.setPrototypeOf(output, output.isTTY ? WriteStream.prototype : SyncWriteStream.prototype);
  initialise(output);
}

module.exports = { SyncWriteStream, WriteStream, WritableWorkerStdio, ReadableWorkerStdio, taken, flush, makeOutput, turnInto };
internalBinding('process').becomeStreams?.();
