// SPDX-License-Identifier: MIT
// Whole files with a callback: readFile, writeFile, appendFile. Opening, reading, writing and closing run on libuv's pool one after another, so
// a file that lets them wait (a pipe, a disk) keeps nobody else from running. Small files that lie in the system's memory are read without
// waiting, and without the pool.
'use strict';

const pool = internalBinding('fs_async');
const { readCached } = internalBinding('fs');
const { complete } = internalBinding('timers');
const { nextTick } = internalBinding('process');
const { Buffer } = require('buffer');
const { toPath, toFd, toFlags, toMode, getOptions, Stats } = require('internal/fs_utils');
const { validateFunction, validateBoolean, validateAbortSignal } = require('internal/validators');
const { codes, AbortError } = require('internal/errors');

const PIECE = 64 * 1024; // of what does not know its size
const AT_ONCE = 16 * 1024 * 1024; // between two looks at the signal
const FILE_MAX = 2 ** 31 - 1;

const isFd = (path) => typeof path === 'number' && Number.isInteger(path);

// One file that is being read or written: open() calls work(fd), which ends with finish().
class Transfer {
  constructor(path, options, callback) {
    this.isOurs = !isFd(path);
    this.fd = this.isOurs ? -1 : toFd(path);
    this.path = this.isOurs ? toPath(path) : undefined;
    this.signal = options.signal;
    if (this.signal !== undefined) validateAbortSignal(this.signal, 'options.signal');
    this.callback = callback;
  }
  open(flags, mode, work) {
    if (this.isAborted()) return;
    if (!this.isOurs) {
      work();
      return;
    }
    pool.open((error, fd) => {
      if (error) {
        this.callback(error);
        return;
      }
      this.fd = fd;
      work();
    }, this.path, flags, mode);
  }
  // Ends the transfer when its signal says so; true: ended.
  isAborted() {
    if (!this.signal?.aborted) return false;
    const error = new AbortError(undefined, { cause: this.signal.reason });
    if (this.fd === -1 || !this.isOurs) nextTick(this.callback, error);
    else this.finish(error);
    return true;
  }
  finish(error, result) {
    const done = (failure) => {
      if (error ?? failure) this.callback(error ?? failure);
      else if (result === undefined) this.callback(null);
      else this.callback(null, result);
    };
    if (this.isOurs) pool.close(done, this.fd);
    else done(null);
  }
}

// callback(bytes)
function readAll(transfer, size, callback) {
  const isKnown = size > 0;
  const pieces = [];
  let bytes = Buffer.allocUnsafeSlow(isKnown ? size : PIECE), filled = 0, before = 0;
  function next() {
    if (transfer.isAborted()) return;
    pool.read((error, n) => {
      if (error) {
        if (error.code === 'EISDIR' && transfer.isOurs) { // the only error of reading that names the file
          error.path = String(transfer.path);
          error.message += ` '${error.path}'`;
        }
        transfer.finish(error);
        return;
      }
      filled += n;
      if (n > 0 && filled < bytes.length) return void next();
      if (n > 0 && !isKnown) {
        pieces.push(bytes);
        before += filled;
        if (before > FILE_MAX) return void transfer.finish(new codes.ERR_FS_FILE_TOO_LARGE(before));
        bytes = Buffer.allocUnsafeSlow(PIECE);
        filled = 0;
        return void next();
      }
      const last = filled === bytes.length ? bytes : bytes.subarray(0, filled);
      callback(pieces.length === 0 ? last : Buffer.concat([...pieces, last], before + filled));
    }, transfer.fd, bytes, filled, Math.min(bytes.length - filled, AT_ONCE), -1);
  }
  next();
}

function readFile(path, options, callback) {
  callback ??= options;
  validateFunction(callback, 'cb');
  options = getOptions(options, { flag: 'r' });
  const { encoding } = options;
  const transfer = new Transfer(path, options, callback);
  if (transfer.isOurs && options.flag === 'r' && options.signal === undefined) {
    const isText = encoding === 'utf8' || encoding === 'utf-8';
    const found = readCached(transfer.path, isText);
    if (found !== undefined) {
      complete(callback, null, isText ? found : encoding && encoding !== 'buffer' ? Buffer.from(found).toString(encoding) : Buffer.from(found));
      return;
    }
  }
  transfer.open(toFlags(options.flag), 0o666, () => {
    pool.fstat((failure, numbers) => {
      if (failure) transfer.finish(failure);
      else readOpened(transfer, encoding, new Stats(numbers));
    }, transfer.fd, false, true);
  });
}

function readOpened(transfer, encoding, stats) {
  const size = stats.isFile() ? stats.size : 0;
  if (size > FILE_MAX) {
    transfer.finish(new codes.ERR_FS_FILE_TOO_LARGE(size));
    return;
  }
  readAll(transfer, size, (bytes) => {
    if (!encoding || encoding === 'buffer') return void transfer.finish(null, bytes);
    let text;
    try {
      text = bytes.toString(encoding);
    } catch (error) {
      return void transfer.finish(error);
    }
    transfer.finish(null, text);
  });
}

function writeAll(transfer, bytes, flush) {
  let written = 0;
  function next() {
    if (transfer.isAborted()) return;
    if (written === bytes.byteLength) {
      if (flush) pool.fsync((error) => transfer.finish(error), transfer.fd);
      else transfer.finish(null);
      return;
    }
    pool.write((error, n) => {
      if (error) {
        transfer.finish(error);
        return;
      }
      written += n;
      next();
    }, transfer.fd, bytes, written, Math.min(bytes.byteLength - written, AT_ONCE), null);
  }
  next();
}

function writeFile(path, data, options, callback) {
  callback ??= options;
  validateFunction(callback, 'cb');
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const bytes = typeof data === 'string' ? Buffer.from(data, options.encoding || 'utf8') : data;
  const transfer = new Transfer(path, options, callback);
  transfer.open(toFlags(options.flag || 'w'), toMode(options.mode, 'mode', 0o666), () => writeAll(transfer, bytes, flush));
}

function appendFile(path, data, options, callback) {
  callback ??= options;
  validateFunction(callback, 'cb');
  options = { ...getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false }) };
  if (!options.flag || isFd(path)) options.flag = 'a';
  writeFile(path, data, options, callback);
}

module.exports = { readFile, writeFile, appendFile };
