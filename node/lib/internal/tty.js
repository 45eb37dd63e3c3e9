// SPDX-License-Identifier: MIT
// Terminals as sockets: ReadStream and WriteStream. process.stdout and stderr are streams of their own (internal/stdio_streams), which write at
// once, and count as WriteStreams.
'use strict';

const { Socket } = require('internal/net/socket');
const { codes, uvErrorMap } = require('internal/errors');
const { addTerminal } = require('internal/stdio');
const { TTY } = require('internal/stream_wrap');
const { watchSize } = require('internal/tty_size');

const streams = internalBinding('stream_wrap');
const binding = internalBinding('tty');

function open(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  const handle = streams.create(TTY, undefined, fd);
  if (typeof handle === 'object') return handle;
  const [code, text] = uvErrorMap().get(handle);
  const info = { errno: handle, code, message: text, syscall: 'uv_tty_init' };
  const error = new codes.ERR_TTY_INIT_FAILED(info);
  for (const [name, value] of [['name', 'SystemError'], ['info', info]]) {
    Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: name === 'info' });
  }
  error.errno = handle;
  error.syscall = info.syscall;
  throw error;
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  Socket.call(this, { readableHighWaterMark: 0, handle: open(fd), manualStart: true, ...options });
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, Socket.prototype);
Object.setPrototypeOf(ReadStream, Socket);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const error = binding.setRawMode(this.fd, flag);
  if (error < 0) this.emit('error', require('internal/errors').errnoException(error, 'setRawMode'));
  else this.isRaw = flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  Socket.call(this, { handle: open(fd), manualStart: true });
  streams.setBlocking(this._handle, true);
  this.isTTY = true;
  watchSize(this, false);
}
Object.setPrototypeOf(WriteStream.prototype, Socket.prototype);
Object.setPrototypeOf(WriteStream, Socket);
addTerminal(WriteStream.prototype);
Object.defineProperty(WriteStream.prototype, 'isTTY', { value: true, writable: true, configurable: true, enumerable: true });

// Of process.stdout too.
Object.defineProperty(WriteStream, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === WriteStream && object !== null && typeof object === 'object' && object._isStdio === true && object.isTTY === true &&
      typeof object.getWindowSize === 'function';
  },
});

module.exports = { ReadStream, WriteStream };
