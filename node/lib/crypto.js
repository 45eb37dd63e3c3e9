// SPDX-License-Identifier: MIT
// crypto: digests (Hash, Hmac, hash), random numbers and bytes, UUIDs, timingSafeEqual; over internalBinding('crypto').
'use strict';

const { Transform } = require('stream');
const { codes } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateNumber, validateObject, validateString, validateUint32,
} = require('internal/validators');
const binding = internalBinding('crypto');
const { complete } = internalBinding('timers');

const MAX_SIZE = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;

const isBytes = (value) => ArrayBuffer.isView(value) || require('util').types.isAnyArrayBuffer(value);

// Text in an encoding, or bytes, for the binding.
function dataOf(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    return encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'buffer' ? data : Buffer.from(data, encoding);
  }
  if (!ArrayBuffer.isView(data)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return data;
}

function encoded(bytes, encoding) {
  const buffer = Buffer.from(bytes.buffer);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

// ---- Hash, Hmac ----

const kHandle = Symbol('kHandle'), kState = Symbol('kState');
const kFinalized = Symbol('kFinalized');
const secrets = new WeakMap(); // Hash: size; Hmac: what it does when it ends

function openDigest(algorithm) {
  validateString(algorithm, 'algorithm');
  return binding.create(algorithm);
}

// Few digests are used as streams: the stream is made when its state is first asked for.
function makeLazy(proto) {
  for (const name of ['_readableState', '_writableState']) {
    Object.defineProperty(proto, name, {
      configurable: true,
      enumerable: false,
      get() {
        if (!(kHandle in this)) return undefined;
        Transform.call(this, this._options);
        return this[name];
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
}

function begin(stream, options, handle) {
  stream._options = options;
  Object.defineProperty(stream, kHandle, { value: handle, writable: true, enumerable: false });
  stream[kState] = { [kFinalized]: false };
}

function update(data, encoding) {
  const stream = this;
  if (stream[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  binding.update(stream[kHandle], dataOf(data, encoding));
  return stream;
}

const streamMethods = {
  update,
  _transform(chunk, encoding, callback) {
    binding.update(this[kHandle], dataOf(chunk, encoding));
    callback();
  },
  _flush(callback) {
    this.push(this.digest());
    callback();
  },
};

function sizeOf(handle, options) {
  const [size, , isExtendable] = binding.facts(handle);
  const wanted = options && typeof options === 'object' ? options.outputLength : undefined;
  if (wanted === undefined) {
    if (isExtendable) warnOnce('DEP0198', 'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.');
    return size;
  }
  validateUint32(wanted, 'options.outputLength');
  if (wanted !== size && !isExtendable) {
    const error = new Error('error:030000B2:digital envelope routines::not XOF or invalid length');
    throw Object.assign(error, {
      library: 'digital envelope routines', reason: 'not XOF or invalid length', code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH',
    });
  }
  return wanted;
}

const warned = new Set();
function warnOnce(code, text) {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(text, 'DeprecationWarning', code);
}

function HashBase(algorithm, options) {
  const handle = algorithm instanceof HashBase ? binding.copy(algorithm[kHandle]) : openDigest(algorithm);
  if (handle === undefined) throw new Error('Digest method not supported');
  const wanted = options?.outputLength === undefined && algorithm instanceof HashBase ? secrets.get(algorithm) : sizeOf(handle, options);
  begin(this, options, handle);
  secrets.set(this, wanted);
}
Object.setPrototypeOf(HashBase.prototype, Transform.prototype);
Object.setPrototypeOf(HashBase, Transform);
Object.assign(HashBase.prototype, streamMethods, {
  copy(options) {
    if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    return new HashBase(this, options);
  },
  digest(encoding) {
    if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    this[kState][kFinalized] = true;
    return encoded(binding.finish(this[kHandle], secrets.get(this)), encoding);
  },
});
makeLazy(HashBase.prototype);
Object.defineProperty(HashBase, 'name', { value: 'Hash' });

// A key as long as a block, each byte combined with one.
function padded(key, byte) {
  return key.map((b) => b ^ byte);
}

function keyOf(key, encoding) {
  if (typeof key === 'string') return Buffer.from(key, encoding);
  if (ArrayBuffer.isView(key)) return Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  if (isBytes(key)) return Buffer.from(key);
  throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
}

function HmacBase(algorithm, key, options) {
  validateString(algorithm, 'hmac');
  const bytes = keyOf(key, options?.encoding);
  const handle = openDigest(algorithm);
  if (handle === undefined || binding.facts(handle)[2]) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  const [size, blockSize] = binding.facts(handle);
  const outer = binding.create(algorithm);
  let short = bytes;
  if (bytes.length > blockSize) {
    const digest = binding.create(algorithm);
    binding.update(digest, bytes);
    short = binding.finish(digest, size);
  }
  const block = new Uint8Array(blockSize);
  block.set(short);
  binding.update(handle, padded(block, 0x36));
  binding.update(outer, padded(block, 0x5c));
  begin(this, options, handle);
  secrets.set(this, () => {
    binding.update(outer, binding.finish(handle, size));
    return binding.finish(outer, size);
  });
}
Object.setPrototypeOf(HmacBase.prototype, Transform.prototype);
Object.setPrototypeOf(HmacBase, Transform);
Object.assign(HmacBase.prototype, streamMethods, {
  digest(encoding) {
    if (this[kState][kFinalized]) return encoding && encoding !== 'buffer' ? '' : Buffer.alloc(0);
    this[kState][kFinalized] = true;
    return encoded(secrets.get(this)(), encoding);
  },
});
makeLazy(HmacBase.prototype);
Object.defineProperty(HmacBase, 'name', { value: 'Hmac' });

// What is exported may be called without new, and says that it should not be.
function deprecated(Base, code) {
  const text = `crypto.${Base.name} constructor is deprecated.`;
  const f = {
    [Base.name](...args) {
      warnOnce(code, text);
      return new Base(...args);
    },
  }[Base.name];
  const Exported = function(...args) {
    return f(...args);
  };
  Object.defineProperty(Exported, 'name', { value: Base.name });
  Exported.prototype = Base.prototype;
  Object.setPrototypeOf(Exported, Base);
  Object.defineProperty(Base.prototype, 'constructor', { value: Exported, writable: true, configurable: true, enumerable: false });
  return Exported;
}
const Hash = deprecated(HashBase, 'DEP0179');
const Hmac = deprecated(HmacBase, 'DEP0181');

function createHash(algorithm, options) {
  return new HashBase(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new HmacBase(hmac, key, options);
}

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], input);
  }
  let outputEncoding = 'hex', outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    ({ outputEncoding = 'hex', outputLength } = options);
  }
  validateString(outputEncoding, 'outputEncoding');
  if (outputEncoding !== 'buffer' && !Buffer.isEncoding(outputEncoding)) throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
  const digest = binding.create(algorithm);
  if (digest === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
  const size = sizeOf(digest, { outputLength });
  binding.update(digest, input);
  return encoded(binding.finish(digest, size), outputEncoding);
}

function getHashes() {
  return binding.names().sort();
}

// ---- Random ----

function validateSize(size, name, max) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size < 0 || size > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, size);
  return size >>> 0;
}

function randomBytes(size, callback) {
  size = validateSize(size, 'size', MAX_SIZE);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.alloc(size);
  binding.random(bytes, 0, size);
  if (callback === undefined) return bytes;
  complete(callback, null, bytes);
  return undefined;
}

function validateTarget(buffer) {
  if (!isBytes(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
}

// The part of the buffer in bytes; offset and size count elements.
function part(buffer, offset, size) {
  const width = buffer.BYTES_PER_ELEMENT || 1;
  const length = buffer.byteLength / width;
  offset = validateSize(offset, 'offset', Math.min(length, MAX_SIZE));
  if (size === undefined) size = length - offset;
  else size = validateSize(size, 'size', MAX_SIZE);
  if (offset + size > length) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return [offset * width, size * width];
}

function randomFillSync(buffer, offset = 0, size) {
  validateTarget(buffer);
  const [from, count] = part(buffer, offset, size);
  binding.random(buffer, from, count);
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  validateTarget(buffer);
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  const [from, count] = part(buffer, offset, size);
  binding.random(buffer, from, count);
  complete(callback, null, buffer);
}

function validateSafe(value, name) {
  if (!Number.isSafeInteger(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'a safe integer', value);
}

// Every number below `range` equally often: what lies above its last multiple is drawn again.
function randomBelow(range) {
  const limit = 2 ** 48 - (2 ** 48 % range);
  const bytes = Buffer.allocUnsafeSlow(6);
  for (;;) {
    binding.random(bytes, 0, 6);
    const n = bytes.readUIntBE(0, 6);
    if (n < limit) return n % range;
  }
}

function randomInt(min, max, callback) {
  const isOne = max === undefined || typeof max === 'function';
  if (isOne) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  validateSafe(min, 'min');
  validateSafe(max, 'max');
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= MAX_RANGE)) throw new codes.ERR_OUT_OF_RANGE('max - min', `<= ${MAX_RANGE}`, range);
  const n = min + randomBelow(range);
  if (callback === undefined) return n;
  process.nextTick(callback, undefined, n);
  return undefined;
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  if (options?.disableEntropyCache !== undefined) validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  const bytes = Buffer.allocUnsafeSlow(16);
  binding.random(bytes, 0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4, random
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // variant 1
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function getRandomValues(array) {
  const { types } = require('util');
  if (!types.isTypedArray(array) || types.isFloat32Array(array) || types.isFloat64Array(array) || types.isFloat16Array?.(array)) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw new QuotaExceededError('The requested length exceeds 65,536 bytes', { quota: 65536, requested: array.byteLength });
  }
  binding.random(array, 0, array.byteLength);
  return array;
}

// ---- Comparing ----

function timingSafeEqual(a, b) {
  for (const [name, value] of [['buf1', a], ['buf2', b]]) {
    if (isBytes(value)) continue;
    const error = new TypeError(`The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (a.byteLength !== b.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return binding.equal(a, b);
}

module.exports = {
  createHash, createHmac, getHashes, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual, Hash, Hmac, hash,
  getRandomValues,
};
for (const name of ['pseudoRandomBytes', 'prng', 'rng']) {
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: name === 'pseudoRandomBytes', writable: true, value: randomBytes });
}
