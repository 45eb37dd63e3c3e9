// SPDX-License-Identifier: MIT
// The functions of fs on descriptors that take a callback: the system call runs on libuv's pool.
'use strict';

const pool = internalBinding('fs_async');
const { nextTick } = internalBinding('process');
const { toPath, toFd, toFlags, toMode } = require('internal/fs_utils');
const { validateFunction, validateInteger, validateBuffer } = require('internal/validators');
const { codes } = require('internal/errors');

function checkCallback(callback) {
  validateFunction(callback, 'cb');
  return callback;
}

function onlyError(callback) {
  return (error) => {
    if (error) callback(error);
    else callback(null);
  };
}

function open(path, flags, mode, callback) {
  if (arguments.length < 3) {
    callback = flags;
    flags = undefined;
    mode = undefined;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = undefined;
  }
  path = toPath(path);
  flags = toFlags(flags);
  mode = toMode(mode, 'mode', 0o666);
  checkCallback(callback);
  pool.open((error, fd) => {
    if (error) callback(error);
    else callback(null, fd);
  }, path, flags, mode);
}

function throwIt(error) {
  if (error) throw error;
}

function close(fd, callback = throwIt) {
  fd = toFd(fd);
  if (callback !== throwIt) checkCallback(callback);
  pool.close(onlyError(callback), fd);
}

function fsync(fd, callback) {
  fd = toFd(fd);
  checkCallback(callback);
  pool.fsync(onlyError(callback), fd);
}

function fdatasync(fd, callback) {
  fd = toFd(fd);
  checkCallback(callback);
  pool.fdatasync(onlyError(callback), fd);
}

function ftruncate(fd, len = 0, callback) {
  if (typeof len === 'function') {
    callback = len;
    len = 0;
  }
  fd = toFd(fd);
  validateInteger(len, 'len');
  checkCallback(callback);
  pool.ftruncate(onlyError(callback), fd, Math.max(0, len));
}

function checkRange(offset, length, byteLength) {
  if (offset > byteLength) throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new codes.ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
}

function checkPosition(position) {
  if (typeof position === 'bigint') return position;
  if (typeof position === 'number') {
    validateInteger(position, 'position', -1);
    return position;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
}

// (fd, buffer, offset, length, position, callback), (fd, buffer, options, callback), (fd, buffer, callback), (fd, options, callback),
// (fd, callback)
function read(fd, buffer, offset, length, position, callback) {
  fd = toFd(fd);
  if (arguments.length <= 4) {
    let options;
    if (arguments.length === 4) [options, callback] = [offset, length];
    else if (arguments.length === 3) [options, callback] = ArrayBuffer.isView(buffer) ? [undefined, offset] : [buffer, offset];
    else [options, callback] = [undefined, buffer];
    if (options !== undefined && options !== null) require('internal/validators').validateObject(options, 'options', { allowArray: true });
    if (arguments.length === 2 || (arguments.length === 3 && !ArrayBuffer.isView(buffer))) {
      buffer = options?.buffer ?? require('buffer').Buffer.alloc(16384);
    }
    validateBuffer(buffer);
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = options ?? {});
  }
  validateBuffer(buffer);
  checkCallback(callback);
  if (offset === null || offset === undefined) offset = 0;
  else validateInteger(offset, 'offset', 0);
  length = length === undefined ? buffer.byteLength - offset : length | 0;
  if (length === 0) {
    nextTick(callback, null, 0, buffer);
    return;
  }
  if (buffer.byteLength === 0) throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  checkRange(offset, length, buffer.byteLength);
  position = position === null || position === undefined ? -1 : checkPosition(position);
  pool.read((error, n) => callback(error, n ?? 0, buffer), fd, buffer, offset, length, position);
}

// (fd, buffer, offset, length, position, callback), (fd, buffer, options, callback), (fd, string, position, encoding, callback)
function write(fd, source, ...args) {
  const callback = checkCallback(args.pop());
  fd = toFd(fd);
  let [offset, length, position] = args;
  let bytes = source;
  if (ArrayBuffer.isView(source)) {
    if (offset !== null && typeof offset === 'object') ({ offset = 0, length = source.byteLength - offset, position = null } = offset);
    offset ??= 0;
    validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = source.byteLength - offset;
    checkRange(offset, length, source.byteLength);
  } else {
    if (typeof source !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], source);
    bytes = require('buffer').Buffer.from(source, typeof length === 'string' ? length : 'utf8');
    [offset, length, position] = [0, bytes.length, offset];
  }
  if (typeof position !== 'number' && typeof position !== 'bigint') position = null;
  pool.write((error, n) => callback(error, n ?? 0, source), fd, bytes, offset, length, position);
}

function transferMany(name) {
  return function(fd, buffers, position, callback) {
    if (typeof position === 'function') {
      callback = position;
      position = null;
    }
    fd = toFd(fd);
    if (!Array.isArray(buffers)) throw new codes.ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
    for (const [i, view] of buffers.entries()) {
      if (!ArrayBuffer.isView(view)) throw new codes.ERR_INVALID_ARG_TYPE(`buffers[${i}]`, ['Buffer', 'TypedArray', 'DataView'], view);
    }
    checkCallback(callback);
    if (typeof position !== 'number') position = null;
    if (buffers.length === 0) {
      nextTick(callback, null, 0, buffers);
      return;
    }
    if (buffers.some((view) => view.buffer instanceof SharedArrayBuffer)) {
      throw new codes.ERR_INVALID_ARG_VALUE('buffers', buffers, 'must not be views of shared memory');
    }
    pool[name]((error, n) => callback(error, n ?? 0, buffers), fd, buffers, position);
  };
}

module.exports = {
  open, close, fsync, fdatasync, ftruncate, read, write, readv: transferMany('readv'), writev: transferMany('writev'),
};
