// SPDX-License-Identifier: MIT
// zlib: compression as Transform streams, as functions with a callback, and synchronous. The libraries are loaded on first use.
'use strict';

const { Transform } = require('stream');
const { codes } = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const constants = require('internal/zlib_constants');
const binding = internalBinding('zlib');

const {
  DEFLATE, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP, BROTLI_DECODE, BROTLI_ENCODE, ZSTD_COMPRESS, ZSTD_DECOMPRESS,
  Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_MIN_CHUNK, Z_DEFAULT_CHUNK,
  Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL,
  Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION, Z_DEFAULT_STRATEGY, Z_FIXED,
  BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_EMIT_METADATA,
  ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end,
} = constants;

const kMaxLength = 2 ** 53 - 1;
const kFlushFlag = Symbol('kFlushFlag'), kError = Symbol('kError'), kCallback = Symbol('kCallback');

function isAnyArrayBuffer(value) {
  return value instanceof ArrayBuffer || require('internal/util/types').isAnyArrayBuffer(value);
}

// ---- Options ----

// Is it a number to go by? undefined and NaN stand for the default.
function checkFinite(number, name) {
  if (number === undefined) return false;
  if (Number.isFinite(number)) return true;
  if (Number.isNaN(number)) return false;
  if (typeof number !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', number);
  throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', number);
}

function inRange(number, name, lower, upper, otherwise) {
  if (!checkFinite(number, name)) return otherwise;
  if (number < lower || number > upper) {
    throw new codes.ERR_OUT_OF_RANGE(name, upper === Infinity ? `>= ${lower}` : `>= ${lower} and <= ${upper}`, number);
  }
  return number;
}

// ---- The handle: one codec and the step that it is at ----

class Handle {
  constructor(codec, owner) {
    this.codec = codec;
    this.owner = owner;
    this.buffer = undefined;
    this.cb = undefined;
    this.availOutBefore = this.availInBefore = this.inOff = this.flushFlag = 0;
  }
  write(flush, input, inOff, inLen, output, outOff, outLen) {
    binding.run(this.codec, (error, failure) => {
      if (error) failure = [error.message, error.code, error.errno];
      if (failure !== undefined) finished(this, failure);
      else processCallback.call(this);
    }, this.owner._writeState, flush, input, inOff, inLen, output, outOff, outLen);
  }
  // undefined, or [message, code, errno]
  writeSync(flush, input, inOff, inLen, output, outOff, outLen) {
    return binding.run(this.codec, undefined, this.owner._writeState, flush, input, inOff, inLen, output, outOff, outLen);
  }
  close() {
    if (this.codec === null) return;
    binding.close(this.codec);
    this.codec = null;
  }
  reset() {
    const failure = binding.reset(this.codec);
    if (failure !== undefined) fail(this, failure);
  }
  params(level, strategy) {
    const failure = binding.params(this.codec, level ?? Z_DEFAULT_COMPRESSION, strategy ?? Z_DEFAULT_STRATEGY);
    if (failure !== undefined) fail(this, failure);
  }
}

function makeError([message, code, errno]) {
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

// The stream is of no use any more.
function fail(handle, failure) {
  const self = handle.owner;
  const error = makeError(failure);
  self.destroy(error);
  self[kError] = error;
}

function finished(handle, failure) {
  if (!handle.owner.destroyed) fail(handle, failure);
  handle.buffer = null;
}

// ---- ZlibBase ----

function ZlibBase(opts, mode, handle, { flush, finishFlush, fullFlush }) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let maxFlush = Z_BLOCK;
  if (mode === BROTLI_ENCODE || mode === BROTLI_DECODE) maxFlush = BROTLI_OPERATION_EMIT_METADATA;
  else if (mode === ZSTD_COMPRESS || mode === ZSTD_DECOMPRESS) maxFlush = ZSTD_e_end;
  if (opts) {
    chunkSize = inRange(opts.chunkSize, 'options.chunkSize', Z_MIN_CHUNK, Infinity, Z_DEFAULT_CHUNK);
    flush = inRange(opts.flush, 'options.flush', 0, maxFlush, flush);
    finishFlush = inRange(opts.finishFlush, 'options.finishFlush', 0, maxFlush, finishFlush);
    maxOutputLength = inRange(opts.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (opts.encoding || opts.objectMode || opts.writableObjectMode) {
      opts = { ...opts };
      opts.encoding = null;
      opts.objectMode = false;
      opts.writableObjectMode = false;
    }
  }
  Transform.call(this, { autoDestroy: true, ...opts });
  this[kCallback] = null;
  this[kError] = null;
  this.bytesWritten = 0;
  this._handle = handle;
  handle.owner = this;
  this._outBuffer = Buffer.allocUnsafe(chunkSize);
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = fullFlush;
  this._flushBoundIdx = mode === BROTLI_ENCODE || mode === BROTLI_DECODE ? 1 : mode === ZSTD_COMPRESS || mode === ZSTD_DECOMPRESS ? 2 : 0;
  this._info = opts && opts.info;
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = opts?.rejectGarbageAfterEnd === true;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  configurable: true,
  enumerable: true,
  get() {
    return !this._handle;
  },
});

// Buffers that stand for a flush: they go through the stream's queue in their turn.
const flushBuffers = [];
function flushBuffer(flag) {
  if (flushBuffers[flag] === undefined) {
    const buffer = Buffer.alloc(0);
    buffer[kFlushFlag] = flag;
    flushBuffers[flag] = buffer;
  }
  return flushBuffers[flag];
}

// Which flush is the stronger one, of zlib's constants, whose order is another.
const strength = [];
for (const [i, flag] of [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH].entries()) strength[flag] = i;

function maxFlush(a, b) {
  return strength[a] > strength[b] ? a : b;
}

function closeHandle(engine) {
  engine._handle?.close();
  engine._handle = null;
}

Object.assign(ZlibBase.prototype, {
  reset() {
    if (!this._handle) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
    return this._handle.reset();
  },
  // The end of the input is announced by _transform's last call, or by an empty chunk.
  _flush(callback) {
    this._transform(Buffer.alloc(0), '', callback);
  },
  _final(callback) {
    callback();
  },
  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) {
      callback = kind;
      kind = this._defaultFullFlushFlag;
    }
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      this.write(flushBuffer(kind), callback);
    }
  },
  close(callback) {
    if (callback) require('internal/streams/end_of_stream').finished(this, callback);
    this.destroy();
  },
  _destroy(error, callback) {
    closeHandle(this);
    callback(error);
  },
  _transform(chunk, encoding, callback) {
    let flushFlag = this._defaultFlushFlag;
    if (typeof chunk[kFlushFlag] === 'number') flushFlag = chunk[kFlushFlag];
    // The last chunk ends the stream, unless something waits behind it.
    else if (this.writableEnded && this.writableLength === chunk.byteLength) {
      flushFlag = this._flushBoundIdx === 0 ? maxFlush(flushFlag, this._finishFlushFlag) : this._finishFlushFlag;
    }
    processChunk(this, chunk, flushFlag, callback);
  },
  // Of packages that use it: with a callback asynchronous.
  _processChunk(chunk, flushFlag, callback) {
    if (typeof callback === 'function') {
      processChunk(this, chunk, flushFlag, callback);
      return undefined;
    }
    return processChunkSync(this, chunk, flushFlag);
  },
});

// ---- Steps ----

function processChunkSync(self, chunk, flushFlag) {
  let availInBefore = chunk.byteLength, availOutBefore = self._chunkSize - self._outOffset;
  let inOff = 0, availOutAfter, availInAfter;
  let buffers = null, nread = 0, inputRead = 0;
  const state = self._writeState, handle = self._handle;
  let buffer = self._outBuffer, offset = self._outOffset;
  const chunkSize = self._chunkSize;
  if (!handle) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
  for (;;) {
    const failure = handle.writeSync(flushFlag, chunk, inOff, availInBefore, buffer, offset, availOutBefore);
    if (failure !== undefined) {
      const error = makeError(failure);
      self[kError] = error;
      closeHandle(self);
      throw error;
    }
    [availOutAfter, availInAfter] = state;
    const inDelta = availInBefore - availInAfter;
    inputRead += inDelta;
    const have = availOutBefore - availOutAfter;
    if (have > 0) {
      const out = buffer.slice(offset, offset + have);
      offset += have;
      if (buffers === null) buffers = [out];
      else buffers.push(out);
      nread += out.byteLength;
      if (nread > self._maxOutputLength) {
        closeHandle(self);
        throw new codes.ERR_BUFFER_TOO_LARGE(self._maxOutputLength);
      }
    }
    if (availOutAfter === 0 || offset >= chunkSize) {
      availOutBefore = chunkSize;
      offset = 0;
      buffer = Buffer.allocUnsafe(chunkSize);
    }
    if (availOutAfter !== 0) break;
    inOff += inDelta;
    availInBefore = availInAfter;
  }
  self.bytesWritten = inputRead;
  closeHandle(self);
  if (self._rejectGarbageAfterEnd && availInAfter > 0) throw new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END();
  if (nread === 0) return Buffer.alloc(0);
  return buffers.length === 1 ? buffers[0] : Buffer.concat(buffers, nread);
}

function processChunk(self, chunk, flushFlag, callback) {
  const handle = self._handle;
  if (!handle) {
    process.nextTick(callback);
    return;
  }
  handle.buffer = chunk;
  handle.cb = callback;
  handle.availOutBefore = self._chunkSize - self._outOffset;
  handle.availInBefore = chunk.byteLength;
  handle.inOff = 0;
  handle.flushFlag = flushFlag;
  handle.write(flushFlag, chunk, 0, handle.availInBefore, self._outBuffer, self._outOffset, handle.availOutBefore);
}

// A step is done; `this` is the handle.
function processCallback() {
  const handle = this, self = this.owner, state = self._writeState;
  if (self.destroyed) {
    this.buffer = null;
    this.cb();
    return;
  }
  const [availOutAfter, availInAfter] = state;
  const inDelta = handle.availInBefore - availInAfter;
  self.bytesWritten += inDelta;
  const have = handle.availOutBefore - availOutAfter;
  let isFull = false;
  if (have > 0) {
    const out = self._outBuffer.slice(self._outOffset, self._outOffset + have);
    self._outOffset += have;
    isFull = !self.push(out);
  }
  if (self.destroyed) {
    this.cb();
    return;
  }
  if (availOutAfter === 0 || self._outOffset >= self._chunkSize) {
    handle.availOutBefore = self._chunkSize;
    self._outOffset = 0;
    self._outBuffer = Buffer.allocUnsafe(self._chunkSize);
  }
  if (availOutAfter === 0) {
    // The output was full: there is more.
    handle.inOff += inDelta;
    handle.availInBefore = availInAfter;
    const goOn = () => handle.write(handle.flushFlag, this.buffer, handle.inOff, handle.availInBefore, self._outBuffer, self._outOffset, self._chunkSize);
    if (!isFull) {
      goOn();
    } else {
      const oldRead = self._read;
      self._read = (n) => {
        self._read = oldRead;
        goOn();
        self._read(n);
      };
    }
    return;
  }
  if (availInAfter > 0) {
    // Behind the end of what was compressed.
    if (self._rejectGarbageAfterEnd) {
      self.destroy(new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END());
      return;
    }
    self.push(null);
  }
  this.buffer = null;
  this.cb();
}

// ---- zlib ----

const zlibFlushes = { flush: Z_NO_FLUSH, finishFlush: Z_FINISH, fullFlush: Z_FULL_FLUSH };

function open(mode, ...args) {
  const codec = binding.create(mode, ...args);
  if (codec === undefined) {
    const error = new Error('Setting parameter failed');
    throw Object.assign(error, { code: 'ERR_ZLIB_INITIALIZATION_FAILED' });
  }
  return new Handle(codec, null);
}

function dictionaryOf(opts) {
  const dictionary = opts.dictionary;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary) || isAnyArrayBuffer(dictionary)) return dictionary;
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

function Zlib(opts, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS, level = Z_DEFAULT_COMPRESSION, memLevel = Z_DEFAULT_MEMLEVEL, strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (opts) {
    // Of what decompresses, 0 means what the header says.
    if ((opts.windowBits === undefined || opts.windowBits === null || opts.windowBits === 0) &&
        (mode === INFLATE || mode === GUNZIP || mode === UNZIP)) {
      windowBits = 0;
    } else {
      const min = Z_MIN_WINDOWBITS + (mode === GZIP ? 1 : 0);
      windowBits = inRange(opts.windowBits, 'options.windowBits', min, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = inRange(opts.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = inRange(opts.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = inRange(opts.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = dictionaryOf(opts);
  }
  this._writeState = new Uint32Array(2);
  ZlibBase.call(this, opts, mode, open(mode, dictionary, windowBits, level, memLevel, strategy), zlibFlushes);
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

// Other parameters from here on: after all that was written so far is out.
Zlib.prototype.params = function params(level, strategy, callback) {
  inRange(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
  inRange(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
  if (this._level !== level || this._strategy !== strategy) {
    this.flush(Z_SYNC_FLUSH, () => {
      if (!this._handle) return;
      this._handle.params(level, strategy);
      if (this.destroyed) return;
      this._level = level;
      this._strategy = strategy;
      if (callback) callback();
    });
  } else if (callback) {
    process.nextTick(callback);
  }
};

// ---- brotli, zstd ----

const brotliFlushes = { flush: BROTLI_OPERATION_PROCESS, finishFlush: BROTLI_OPERATION_FINISH, fullFlush: BROTLI_OPERATION_FLUSH };
const zstdFlushes = { flush: ZSTD_e_continue, finishFlush: ZSTD_e_end, fullFlush: ZSTD_e_flush };

function numbersWith(prefix) {
  return new Set(Object.keys(constants).filter((name) => name.startsWith(prefix)).map((name) => constants[name]));
}
let brotliNumbers;

// The options' params as pairs of numbers.
function pairsOf(opts, isKnown, makeError) {
  if (!opts?.params) return new Int32Array(0);
  const pairs = [];
  for (const key of Object.keys(opts.params)) {
    const number = +key;
    if (!isKnown(number)) throw makeError(key);
    const value = opts.params[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    pairs.push(number, +value);
  }
  return Int32Array.from(pairs);
}

function Brotli(opts, mode) {
  brotliNumbers ??= numbersWith('BROTLI_PARAM_');
  const pairs = pairsOf(opts, (number) => brotliNumbers.has(number), (key) => new codes.ERR_BROTLI_INVALID_PARAM(key));
  this._writeState = new Uint32Array(2);
  ZlibBase.call(this, opts, mode, open(mode, undefined, pairs), brotliFlushes);
}
Object.setPrototypeOf(Brotli.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Brotli, ZlibBase);

function Zstd(opts, mode) {
  const pairs = pairsOf(opts, (number) => Number.isInteger(number) && number >= 0, (key) => new codes.ERR_ZSTD_INVALID_PARAM(key));
  const pledged = opts?.pledgedSrcSize;
  if (mode === ZSTD_COMPRESS && pledged !== undefined && pledged !== null && typeof pledged !== 'number') {
    throw Object.assign(new TypeError('pledgedSrcSize must be a number'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  this._writeState = new Uint32Array(2);
  ZlibBase.call(this, opts, mode, open(mode, opts ? dictionaryOf(opts) : undefined, pairs, pledged ?? undefined), zstdFlushes);
}
Object.setPrototypeOf(Zstd.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zstd, ZlibBase);

// ---- Classes ----

const warned = new Set();
function withoutNew(Class, code, opts) {
  if (!warned.has(code)) {
    warned.add(code);
    process.emitWarning(`Instantiating ${Class.name} without the 'new' keyword has been deprecated.`, 'DeprecationWarning', code);
  }
  return new Class(opts);
}

function makeClass(name, Base, mode, prepare) {
  const Class = { [name]: function(opts) {
    if (!(this instanceof Class)) return withoutNew(Class, 'DEP0184', opts);
    if (prepare) opts = prepare(opts);
    Base.call(this, opts, mode);
    return undefined;
  } }[name];
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

const Deflate = makeClass('Deflate', Zlib, DEFLATE);
const Inflate = makeClass('Inflate', Zlib, INFLATE);
const Gzip = makeClass('Gzip', Zlib, GZIP);
const Gunzip = makeClass('Gunzip', Zlib, GUNZIP);
// zlib has no raw streams with a window of 8 bits any more.
const DeflateRaw = makeClass('DeflateRaw', Zlib, DEFLATERAW, (opts) => (opts?.windowBits === 8 ? { ...opts, windowBits: 9 } : opts));
const InflateRaw = makeClass('InflateRaw', Zlib, INFLATERAW);
const Unzip = makeClass('Unzip', Zlib, UNZIP);
const BrotliCompress = makeClass('BrotliCompress', Brotli, BROTLI_ENCODE);
const BrotliDecompress = makeClass('BrotliDecompress', Brotli, BROTLI_DECODE);
const ZstdCompress = makeClass('ZstdCompress', Zstd, ZSTD_COMPRESS);
const ZstdDecompress = makeClass('ZstdDecompress', Zstd, ZSTD_DECOMPRESS);

// ---- Functions ----

function zlibBuffer(engine, buffer, callback) {
  validateFunction(callback, 'callback');
  if (isAnyArrayBuffer(buffer)) buffer = Buffer.from(buffer);
  const chunks = [];
  let nread = 0;
  engine.on('error', callback);
  engine.on('data', (chunk) => {
    chunks.push(chunk);
    nread += chunk.length;
    if (nread > engine._maxOutputLength) {
      engine.removeAllListeners('error');
      engine.removeAllListeners('end');
      engine.close();
      callback(new codes.ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
    }
  });
  engine.on('end', () => {
    const result = nread === 0 ? Buffer.alloc(0) : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, nread);
    engine.close();
    if (engine._info) callback(null, { buffer: result, engine });
    else callback(null, result);
  });
  engine.end(buffer);
}

function zlibBufferSync(engine, buffer) {
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (!ArrayBuffer.isView(buffer)) {
    if (!isAnyArrayBuffer(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
    }
    buffer = Buffer.from(buffer);
  }
  const result = processChunkSync(engine, buffer, engine._finishFlushFlag);
  return engine._info ? { buffer: result, engine } : result;
}

const functionsOf = (Class) => [
  function asyncBufferWrapper(buffer, opts, callback) {
    if (typeof opts === 'function') {
      callback = opts;
      opts = {};
    }
    return zlibBuffer(new Class(opts), buffer, callback);
  },
  function syncBufferWrapper(buffer, opts) {
    return zlibBufferSync(new Class(opts), buffer);
  },
];

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return binding.crc32(data, value);
}

// ---- Exports ----

const classes = {
  Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress, ZstdDecompress,
};
Object.assign(exports, { crc32 }, classes);
for (const name of [
  'Deflate', 'Gzip', 'DeflateRaw', 'Unzip', 'Inflate', 'Gunzip', 'InflateRaw', 'BrotliCompress', 'BrotliDecompress', 'ZstdCompress',
  'ZstdDecompress',
]) {
  const small = name[0].toLowerCase() + name.slice(1);
  [exports[small], exports[`${small}Sync`]] = functionsOf(classes[name]);
}
for (const name of [
  'Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip', 'BrotliCompress', 'BrotliDecompress', 'ZstdCompress',
  'ZstdDecompress',
]) {
  const create = (options) => new classes[name](options);
  Object.defineProperty(exports, `create${name}`, { value: create, enumerable: true });
}

const numbers = {
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5,
  Z_VERSION_ERROR: -6,
};
const codesOfZlib = { ...numbers };
for (const name of Object.keys(numbers)) codesOfZlib[numbers[name]] = name;
Object.defineProperties(exports, {
  constants: { enumerable: true, value: constants },
  codes: { enumerable: true, writable: false, value: Object.freeze(codesOfZlib) },
});
// As old programs read them.
for (const name of Object.keys(constants)) {
  if (name.startsWith('BROTLI')) continue;
  Object.defineProperty(exports, name, { enumerable: false, value: constants[name] });
}
