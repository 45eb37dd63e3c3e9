// SPDX-License-Identifier: MIT
// process.stdin: terminals and pipes are read by the loop (internalBinding('tty').readStart) while somebody wants their data, files as files.
'use strict';

const { Readable } = require('stream');
const tty = internalBinding('tty');
const { nextTick } = internalBinding('process');

const kHandle = Symbol('handle'), kUnreferenced = Symbol('unreferenced');

function initialise(stream, fd) {
  Readable.call(stream, { highWaterMark: 65536 });
  Object.defineProperty(stream, kHandle, { value: null, writable: true, enumerable: false });
  Object.defineProperty(stream, kUnreferenced, { value: false, writable: true, enumerable: false });
  stream.fd = fd;
  // Who pauses it wants the program to be able to end.
  stream.on('pause', () => nextTick(stopIfPaused, stream));
}

function stopIfPaused(stream) {
  if (stream[kHandle] === null || stream.readableFlowing !== false || stream.listenerCount('readable') > 0) return;
  stop(stream);
  stream._readableState.reading = false;
}

function stop(stream) {
  if (stream[kHandle] === null) return;
  tty.readStop(stream[kHandle]);
  stream[kHandle] = null;
}

const methods = {
  _read() {
    if (this[kHandle] !== null) return;
    this[kHandle] = tty.readStart(this.fd, (bytes) => {
      if (typeof bytes === 'number') {
        stop(this);
        this.destroy(require('internal/errors').errnoException(bytes, 'read'));
      } else if (bytes === null) {
        stop(this);
        this.push(null);
      } else if (!this.push(bytes)) {
        stop(this);
      }
    });
    if (this[kUnreferenced]) tty.readReference(this[kHandle], false);
  },
  _destroy(error, callback) {
    stop(this);
    callback(error);
  },
  ref() {
    this[kUnreferenced] = false;
    if (this[kHandle] !== null) tty.readReference(this[kHandle], true);
    return this;
  },
  unref() {
    this[kUnreferenced] = true;
    if (this[kHandle] !== null) tty.readReference(this[kHandle], false);
    return this;
  },
};

// A pipe or a socket that is only read.
function Socket(fd) {
  initialise(this, fd);
}

function ReadStream(fd) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd);
  initialise(this, fd);
  this.isRaw = false;
  this.isTTY = true;
}

for (const Class of [Socket, ReadStream]) {
  Object.setPrototypeOf(Class.prototype, Readable.prototype);
  Object.setPrototypeOf(Class, Readable);
  Object.assign(Class.prototype, methods);
}

ReadStream.prototype.setRawMode = function(flag) {
  const error = tty.setRawMode(this.fd, Boolean(flag));
  if (error < 0) this.emit('error', require('internal/errors').errnoException(error, 'setRawMode'));
  else this.isRaw = Boolean(flag);
  return this;
};

function makeStdin(fd, type) {
  if (type === 'TTY') return new ReadStream(fd);
  if (type === 'PIPE' || type === 'TCP') return new Socket(fd);
  const { ReadStream: FileStream } = require('internal/fs_streams');
  return new FileStream(null, { fd, autoClose: false });
}

module.exports = { ReadStream, makeStdin };
