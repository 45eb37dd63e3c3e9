// SPDX-License-Identifier: MIT
// Streams over files, by the functions of `fs` or of an object that is given instead.
'use strict';

const { Readable, Writable, finished } = require('stream');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { toPath, getOptions, own } = require('internal/fs_utils');
const { validateFunction, validateInteger, validateBoolean } = require('internal/validators');
const { errorOrDestroy } = require('internal/streams/destroy');
const { nextTick } = internalBinding('process');

const pool = internalBinding('fs_async');

const kFs = Symbol('kFs'), kIsPerformingIO = Symbol('kIsPerformingIO'), kIoDone = Symbol('kIoDone');

// ---- A FileHandle as if it were `fs` ----

function settle(promise, callback) {
  promise.then((value) => nextTick(callback, null, value), (error) => nextTick(callback, error));
}

function functionsOf(handle) {
  return {
    open(path, flags, mode, callback) {
      throw new codes.ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    close: (fd, callback) => settle(handle.close(), callback),
    fsync: (fd, callback) => settle(handle.sync(), callback),
    read(fd, buffer, offset, length, position, callback) {
      settle(handle.read(buffer, offset, length, position), (error, result) => callback(error, result?.bytesRead, buffer));
    },
    write(fd, buffer, offset, length, position, callback) {
      settle(handle.write(buffer, offset, length, position), (error, result) => callback(error, result?.bytesWritten, buffer));
    },
    writev(fd, buffers, position, callback) {
      settle(handle.writev(buffers, position), (error, result) => callback(error, result?.bytesWritten, buffers));
    },
  };
}

// The descriptor of options.fd: a number or a FileHandle.
function takeDescriptor(stream, options) {
  const { fd } = options;
  if (typeof fd === 'number') {
    stream[kFs] = options.fs || require('fs');
    require('internal/validators').validateInt32(fd, 'fd', 0);
    return fd;
  }
  const { FileHandle } = require('fs/promises');
  if (typeof fd === 'object' && fd instanceof FileHandle) {
    if (options.fs) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kFs] = functionsOf(fd);
    fd.on('close', () => stream.close());
    return fd.fd;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
}

// ---- Both ----

function takeFile(stream, path, options, flags) {
  if (options.fd === null || options.fd === undefined) {
    stream.fd = null;
    stream[kFs] = options.fs || require('fs');
    validateFunction(stream[kFs].open, 'options.fs.open');
    stream.path = toPath(path);
    stream.flags = options.flags === undefined ? flags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
  } else {
    stream.fd = takeDescriptor(stream, options);
  }
}

// options as an object of our own.
function copyOptions(options) {
  if (options !== undefined && options !== null && typeof options !== 'string' && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'object'], options);
  }
  const copy = { ...getOptions(options, {}) };
  if (copy.autoDestroy === undefined) copy.autoDestroy = copy.autoClose === undefined ? true : copy.autoClose;
  return copy;
}

function checkStart(stream, start) {
  stream.start = start;
  if (start !== undefined) validateInteger(start, 'start', 0);
}

// A method of both: opens the file.
function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
    return;
  }
  if (typeof this.open === 'function') {
    constructByOpen(this, callback);
    return;
  }
  this[kFs].open(this.path, this.flags, this.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    this.fd = fd;
    callback();
    this.emit('open', this.fd);
    this.emit('ready');
  });
}

// A subclass with an open() of its own, which says by 'open' and 'error' how it went.
function constructByOpen(stream, callback) {
  const { emit } = stream;
  const ownEmit = Object.hasOwn(stream, 'emit');
  const restore = () => {
    if (ownEmit) stream.emit = emit;
    else delete stream.emit;
  };
  stream.emit = function(...args) {
    if (args[0] === 'open') {
      restore();
      callback();
      return Reflect.apply(emit, this, args);
    }
    if (args[0] === 'error') {
      restore();
      callback(args[1]);
      return false;
    }
    return Reflect.apply(emit, this, args);
  };
  stream.open();
}

function closeFile(stream, error, callback) {
  if (stream.fd === null || stream.fd === undefined) {
    callback(error);
    return;
  }
  const { fd } = stream;
  const close = (e) => stream[kFs].close(fd, (closeError) => callback(closeError || e));
  stream.fd = null;
  if (stream.flush) stream[kFs].fsync(fd, (flushError) => close(error || flushError));
  else close(error);
}

// A method of both: waits for the call that is under way.
function destroy(error, callback) {
  if (this[kIsPerformingIO]) this.once(kIoDone, (e) => closeFile(this, error || e, callback));
  else closeFile(this, error, callback);
}

const autoClose = (state) => ({
  configurable: false,
  enumerable: false,
  get() {
    return this[state].autoDestroy;
  },
  set(value) {
    this[state].autoDestroy = value;
  },
});

const pending = {
  configurable: true,
  enumerable: false,
  get() {
    return this.fd === null;
  },
};

// ---- ReadStream ----

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = copyOptions(options);
  if (options.highWaterMark === undefined) options.highWaterMark = 65536;
  takeFile(this, path, options, 'r');
  validateFunction(this[kFs].read, 'options.fs.read');
  if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close');
  checkStart(this, options.start);
  this.end = options.end ?? Infinity;
  this.pos = this.start;
  this.bytesRead = 0;
  this[kIsPerformingIO] = false;
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Readable.call(this, options);
  if (options.encoding && !this.readableEncoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

Object.defineProperty(ReadStream.prototype, 'autoClose', autoClose('_readableState'));
ReadStream.prototype._construct = construct;

ReadStream.prototype._read = function(n) {
  n = Math.min(this.end - (this.pos === undefined ? this.bytesRead : this.pos) + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  this[kIsPerformingIO] = true;
  if (this[kFs].read === own.read) { // nobody has put another in its place: the pool makes the memory
    pool.readNew((error, memory) => hasRead(this, error, memory && Buffer.from(memory)), this.fd, n, this.pos);
    return;
  }
  this[kFs].read(this.fd, Buffer.allocUnsafeSlow(n), 0, n, this.pos, (error, bytesRead, bytes) => {
    // Little of it in memory of its own, so that the rest can go.
    if (!error && bytesRead < bytes.length) bytes = Buffer.copyBytesFrom(bytes, 0, bytesRead);
    hasRead(this, error, bytes);
  });
};

function hasRead(stream, error, bytes) {
  stream[kIsPerformingIO] = false;
  if (stream.destroyed) {
    stream.emit(kIoDone, error);
  } else if (error) {
    errorOrDestroy(stream, error);
  } else if (bytes.length > 0) {
    if (stream.pos !== undefined) stream.pos += bytes.length;
    stream.bytesRead += bytes.length;
    stream.push(bytes);
  } else {
    stream.push(null);
  }
}

ReadStream.prototype._destroy = destroy;
ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};
Object.defineProperty(ReadStream.prototype, 'pending', pending);

// ---- WriteStream ----

function checkWriting(stream, functions) {
  if (!functions.write && !functions.writev) throw new codes.ERR_INVALID_ARG_TYPE('options.fs.write', 'function', functions.write);
  if (functions.write) validateFunction(functions.write, 'options.fs.write');
  else stream._write = null;
  if (functions.writev) validateFunction(functions.writev, 'options.fs.writev');
  else stream._writev = null;
}

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = copyOptions(options);
  options.decodeStrings = true; // bytes only
  takeFile(this, path, options, 'w');
  this.flush = options.flush ?? false;
  validateBoolean(this.flush, 'options.flush');
  if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close');
  if (this.flush) validateFunction(this[kFs].fsync, 'options.fs.fsync');
  checkWriting(this, this[kFs]);
  checkStart(this, options.start);
  this.pos = this.start;
  this.bytesWritten = 0;
  this[kIsPerformingIO] = false;
  Writable.call(this, options);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

Object.defineProperty(WriteStream.prototype, 'autoClose', autoClose('_writableState'));
WriteStream.prototype._construct = construct;

// All of `size` bytes, in as many calls as it takes. put(position, callback) makes one; rest(n) is called when n are written.
function writeAll(stream, size, position, put, rest, callback) {
  let idle = 0;
  function next() {
    put(position, (error, n) => {
      if (error?.code === 'EAGAIN') {
        error = null;
        n = 0;
      }
      if (error || stream.destroyed) {
        callback(error || new codes.ERR_STREAM_DESTROYED('write'));
        return;
      }
      stream.bytesWritten += n;
      idle = n > 0 ? 0 : idle + 1;
      size -= n;
      if (position !== undefined) position += n;
      if (idle > 5) {
        callback(new Error('write failed'));
      } else if (size > 0) {
        rest(n);
        next();
      } else {
        callback();
      }
    });
  }
  next();
}

function whilePerforming(stream, callback) {
  stream[kIsPerformingIO] = true;
  return (error) => {
    stream[kIsPerformingIO] = false;
    callback(error);
    if (stream.destroyed) stream.emit(kIoDone, error);
  };
}

WriteStream.prototype._write = function(data, encoding, callback) {
  let offset = 0;
  writeAll(this, data.length, this.pos,
    (position, done) => this[kFs].write(this.fd, data, offset, data.length - offset, position, done),
    (n) => {
      offset += n;
    }, whilePerforming(this, callback));
  if (this.pos !== undefined) this.pos += data.length;
};

WriteStream.prototype._writev = function(data, callback) {
  let chunks = data.map(({ chunk }) => chunk), size = 0;
  for (const chunk of chunks) size += chunk.length;
  writeAll(this, size, this.pos, (position, done) => this[kFs].writev(this.fd, chunks, position ?? null, done), (n) => {
    chunks = [Buffer.concat(chunks).subarray(n)];
  }, whilePerforming(this, callback));
  if (this.pos !== undefined) this.pos += size;
};

WriteStream.prototype._destroy = destroy;
WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoClose nobody else would.
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;
Object.defineProperty(WriteStream.prototype, 'pending', pending);

module.exports = { ReadStream, WriteStream };
