// SPDX-License-Identifier: MIT
// zlib: compression as Transform streams, as functions with a callback, and synchronous. The libraries are loaded on first use.
'use strict';

const { Transform } = require('stream');
const { callWhenRead } = require('internal/streams/transform');
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
const kFlush = Symbol('flush'), kFamily = Symbol('family');

function isAnyArrayBuffer(value) {
  return value instanceof ArrayBuffer || require('internal/util/types').isAnyArrayBuffer(value);
}

function inherit(Class, Base) {
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
}

// An option that is a number; undefined and NaN stand for the default.
function numberOption(value, name, min, max, fallback) {
  if (value === undefined || Number.isNaN(value)) return fallback;
  if (typeof value !== 'number') throw new codes.ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (!Number.isFinite(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', value);
  if (value >= min && value <= max) return value;
  throw new codes.ERR_OUT_OF_RANGE(name, max === Infinity ? `>= ${min}` : `>= ${min} and <= ${max}`, value);
}

// ---- Families: how the streams of a library say what is to come out ----

// The flushes of zlib by how much they bring out: their numbers are in another order.
const byStrength = [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];

const zlibFamily = {
  flush: Z_NO_FLUSH, fullFlush: Z_FULL_FLUSH, finishFlush: Z_FINISH, lastFlush: Z_BLOCK,
  // The flush of the last chunk
  final: (flush, finishFlush) => byStrength[Math.max(byStrength.indexOf(flush), byStrength.indexOf(finishFlush))],
};
const brotliFamily = {
  flush: BROTLI_OPERATION_PROCESS, fullFlush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FINISH,
  lastFlush: BROTLI_OPERATION_EMIT_METADATA,
  final: (flush, finishFlush) => finishFlush,
};
const zstdFamily = {
  flush: ZSTD_e_continue, fullFlush: ZSTD_e_flush, finishFlush: ZSTD_e_end, lastFlush: ZSTD_e_end,
  final: (flush, finishFlush) => finishFlush,
};

// ---- The codec of a stream ----

function errorOf([message, code, errno]) {
  return Object.assign(new Error(message), { errno, code });
}

// What a stream has as _handle. Packages replace close(), and drive writeSync() on their own.
class Handle {
  constructor(codec) {
    this.codec = codec;
    this.owner = null;
    this.progress = new Uint32Array(2); // of the last step: bytes eaten, bytes made
  }
  close() {
    if (this.codec === null) return;
    binding.close(this.codec);
    this.codec = null;
  }
  reset() {
    this.check(binding.reset(this.codec));
  }
  params(level, strategy) {
    this.check(binding.params(this.codec, level ?? Z_DEFAULT_COMPRESSION, strategy ?? Z_DEFAULT_STRATEGY));
  }
  // One step; the stream's _writeState then says how much room and how much input is left.
  writeSync(flush, input, inOffset, inLength, output, outOffset, outLength) {
    this.check(binding.run(this.codec, undefined, this.progress, flush, input, inOffset, inLength, output, outOffset, outLength));
    const [eaten, made] = this.progress;
    this.owner._writeState = [outLength - made, inLength - eaten];
  }
  check(failure) {
    if (failure !== undefined) this.owner.destroy(errorOf(failure));
  }
}

function openHandle(mode, ...parameters) {
  const codec = binding.create(mode, ...parameters);
  if (codec !== undefined) return new Handle(codec);
  throw Object.assign(new Error('Setting parameter failed'), { code: 'ERR_ZLIB_INITIALIZATION_FAILED' });
}

function closeHandle(stream) {
  stream._handle?.close();
  stream._handle = null;
}

// ---- Feeding: a chunk goes through the codec in steps, each of which fills the room that the stream has for output ----

class Feed {
  constructor(stream, chunk, flush) {
    this.stream = stream;
    this.handle = stream._handle;
    this.chunk = chunk;
    this.flush = flush;
    this.eaten = 0;
    this.isDone = false; // with all that it has to give: there was room left
  }
  get rest() {
    return this.chunk.byteLength - this.eaten;
  }
  // One step: with a callback on another thread, else at once, and what went wrong is the result.
  step(callback) {
    const stream = this.stream, offset = stream._outOffset;
    return binding.run(this.handle.codec, callback, this.handle.progress, this.flush, this.chunk, this.eaten, this.rest,
                       stream._outBuffer, offset, stream._chunkSize - offset);
  }
  // What the step has made, or null. A room that is used up is followed by another one.
  take() {
    const stream = this.stream, progress = this.handle.progress, made = progress[1];
    const start = stream._outOffset, end = start + made, room = stream._outBuffer;
    this.eaten += progress[0];
    this.isDone = end < stream._chunkSize;
    if (this.isDone) {
      stream._outOffset = end;
    } else {
      stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
      stream._outOffset = 0;
    }
    return made === 0 ? null : room.subarray(start, end);
  }
}

function joined(pieces, size) {
  if (size === 0) return Buffer.alloc(0);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, size);
}

// All of the output, of a stream that is then closed.
function feedSync(stream, chunk, flush) {
  if (!stream._handle) throw new codes.ERR_INTERNAL_ASSERTION('zlib binding closed');
  const feed = new Feed(stream, chunk, flush), pieces = [];
  let size = 0;
  try {
    do {
      const failure = feed.step(undefined);
      if (failure !== undefined) throw errorOf(failure);
      const piece = feed.take();
      if (piece !== null) {
        pieces.push(piece);
        size += piece.length;
      }
      if (size > stream._maxOutputLength) throw new codes.ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
    } while (!feed.isDone);
    stream.bytesWritten = feed.eaten;
  } finally {
    closeHandle(stream);
  }
  if (stream._rejectGarbageAfterEnd && feed.rest > 0) throw new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END();
  return joined(pieces, size);
}

// The output goes to who reads the stream, and waits for them.
function feedAsync(stream, chunk, flush, callback) {
  if (!stream._handle) {
    process.nextTick(callback);
    return;
  }
  const feed = new Feed(stream, chunk, flush);
  const onStep = (error, failure) => {
    if (stream.destroyed) {
      if (!error && failure === undefined) callback();
      return;
    }
    if (error || failure !== undefined) {
      stream.destroy(errorOf(failure ?? [error.message, error.code, error.errno]));
      return;
    }
    const piece = feed.take();
    stream.bytesWritten += feed.handle.progress[0];
    const isWanted = piece === null || stream.push(piece);
    if (stream.destroyed) callback();
    else if (feed.isDone) endOfFeed(feed, callback);
    else if (isWanted) feed.step(onStep);
    else callWhenRead(stream, () => feed.step(onStep));
  };
  feed.step(onStep);
}

function endOfFeed({ stream, rest }, callback) {
  // Behind the end of what was compressed
  if (rest > 0) {
    if (stream._rejectGarbageAfterEnd) {
      stream.destroy(new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END());
      return;
    }
    stream.push(null);
  }
  callback();
}

// ---- ZlibBase ----

function ZlibBase(opts, mode, handle, family) {
  this._chunkSize = numberOption(opts?.chunkSize, 'options.chunkSize', Z_MIN_CHUNK, Infinity, Z_DEFAULT_CHUNK);
  this._defaultFlushFlag = numberOption(opts?.flush, 'options.flush', 0, family.lastFlush, family.flush);
  this._finishFlushFlag = numberOption(opts?.finishFlush, 'options.finishFlush', 0, family.lastFlush, family.finishFlush);
  this._defaultFullFlushFlag = family.fullFlush;
  this._maxOutputLength = numberOption(opts?.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
  this._rejectGarbageAfterEnd = opts?.rejectGarbageAfterEnd === true;
  this._info = opts?.info;
  Transform.call(this, { autoDestroy: true, ...opts, encoding: null, objectMode: false, writableObjectMode: false });
  this[kFamily] = family;
  this.bytesWritten = 0;
  this._handle = handle;
  handle.owner = this;
  this._outBuffer = Buffer.allocUnsafe(this._chunkSize);
  this._outOffset = 0;
}
inherit(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  configurable: true,
  enumerable: true,
  get() {
    return !this._handle;
  },
});

// An empty chunk that stands for a flush, and goes through the stream's queue in its turn.
const flushMarks = new Map();
function flushMark(flush) {
  let mark = flushMarks.get(flush);
  if (mark === undefined) {
    mark = Buffer.alloc(0);
    mark[kFlush] = flush;
    flushMarks.set(flush, mark);
  }
  return mark;
}

// The last chunk ends the stream, unless something waits behind it.
function isLast(stream, chunk) {
  return stream.writableEnded && stream.writableLength === chunk.byteLength;
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
    if (typeof kind === 'function') {
      callback = kind;
      kind = undefined;
    }
    if (!this.writableEnded) this.write(flushMark(kind === undefined ? this._defaultFullFlushFlag : kind), callback);
    else if (callback && this.writableFinished) process.nextTick(callback);
    else if (callback) this.once('end', callback);
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
    let flush = chunk[kFlush] ?? this._defaultFlushFlag;
    if (chunk[kFlush] === undefined && isLast(this, chunk)) flush = this[kFamily].final(flush, this._finishFlushFlag);
    feedAsync(this, chunk, flush, callback);
  },
  // Of packages that use it: with a callback asynchronous.
  _processChunk(chunk, flush, callback) {
    if (typeof callback !== 'function') return feedSync(this, chunk, flush);
    feedAsync(this, chunk, flush, callback);
    return undefined;
  },
});

// ---- zlib ----

function dictionaryOf(opts) {
  const dictionary = opts?.dictionary;
  if (dictionary === undefined || ArrayBuffer.isView(dictionary) || isAnyArrayBuffer(dictionary)) return dictionary;
  throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

// Of what reads a header, 0 means what that says.
function windowBitsOf(opts, mode) {
  if (opts && !opts.windowBits && !Number.isNaN(opts.windowBits) && (mode === INFLATE || mode === GUNZIP || mode === UNZIP)) return 0;
  const min = mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS;
  return numberOption(opts?.windowBits, 'options.windowBits', min, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
}

function Zlib(opts, mode) {
  const windowBits = windowBitsOf(opts, mode);
  const level = numberOption(opts?.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
  const memLevel = numberOption(opts?.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
  const strategy = numberOption(opts?.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
  ZlibBase.call(this, opts, mode, openHandle(mode, dictionaryOf(opts), windowBits, level, memLevel, strategy), zlibFamily);
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
inherit(Zlib, ZlibBase);

// Other parameters from here on: after all that was written so far is out.
function params(level, strategy, callback) {
  numberOption(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
  numberOption(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
  if (level === this._level && strategy === this._strategy) {
    if (callback) process.nextTick(callback);
    return;
  }
  this.flush(Z_SYNC_FLUSH, () => {
    this._handle?.params(level, strategy);
    if (this.destroyed) return;
    this._level = level;
    this._strategy = strategy;
    callback?.();
  });
}
Zlib.prototype.params = params;

// ---- brotli, zstd ----

let brotliParameters;
function isBrotliParameter(number) {
  brotliParameters ??= new Set(Object.keys(constants).filter((name) => name.startsWith('BROTLI_PARAM_')).map((name) => constants[name]));
  return brotliParameters.has(number);
}

function isZstdParameter(number) {
  return Number.isInteger(number) && number >= 0;
}

// The options' params as pairs of numbers.
function pairsOf(opts, isKnown, UnknownError) {
  const pairs = [];
  for (const [key, value] of Object.entries(opts?.params || {})) {
    if (!isKnown(+key)) throw new UnknownError(key);
    if (typeof value !== 'number' && typeof value !== 'boolean') throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    pairs.push(+key, +value);
  }
  return Int32Array.from(pairs);
}

function Brotli(opts, mode) {
  const pairs = pairsOf(opts, isBrotliParameter, codes.ERR_BROTLI_INVALID_PARAM);
  ZlibBase.call(this, opts, mode, openHandle(mode, undefined, pairs), brotliFamily);
}
inherit(Brotli, ZlibBase);

function Zstd(opts, mode) {
  const pairs = pairsOf(opts, isZstdParameter, codes.ERR_ZSTD_INVALID_PARAM);
  const pledged = opts?.pledgedSrcSize ?? undefined;
  if (mode === ZSTD_COMPRESS && pledged !== undefined && typeof pledged !== 'number') {
    throw Object.assign(new TypeError('pledgedSrcSize must be a number'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  ZlibBase.call(this, opts, mode, openHandle(mode, dictionaryOf(opts), pairs, pledged), zstdFamily);
}
inherit(Zstd, ZlibBase);

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
  inherit(Class, Base);
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

function collect(stream, input, callback) {
  validateFunction(callback, 'callback');
  const limit = stream._maxOutputLength, pieces = [];
  let size = 0;
  const onEnd = () => {
    const buffer = joined(pieces, size);
    stream.close();
    callback(null, stream._info ? { buffer, engine: stream } : buffer);
  };
  stream.on('error', callback);
  stream.on('end', onEnd);
  stream.on('data', (piece) => {
    pieces.push(piece);
    size += piece.length;
    if (size <= limit) return;
    stream.off('error', callback);
    stream.off('end', onEnd);
    stream.close();
    callback(new codes.ERR_BUFFER_TOO_LARGE(limit));
  });
  stream.end(isAnyArrayBuffer(input) ? Buffer.from(input) : input);
}

function bytesOf(input) {
  if (ArrayBuffer.isView(input)) return input;
  if (typeof input === 'string' || isAnyArrayBuffer(input)) return Buffer.from(input);
  throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], input);
}

function collectSync(stream, input) {
  const buffer = feedSync(stream, bytesOf(input), stream._finishFlushFlag);
  return stream._info ? { buffer, engine: stream } : buffer;
}

const functionsOf = (Class) => [
  function asyncBufferWrapper(buffer, opts, callback) {
    if (typeof opts === 'function') {
      callback = opts;
      opts = {};
    }
    collect(new Class(opts), buffer, callback);
  },
  function syncBufferWrapper(buffer, opts) {
    return collectSync(new Class(opts), buffer);
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
