// SPDX-License-Identifier: MIT
// Hash, Hmac, hash(), getHashes(). An algorithm is looked up once per name.
'use strict';

const { Transform } = require('stream');
const { codes } = require('internal/errors');
const { validateObject, validateString, validateUint32 } = require('internal/validators');
const { isView, isBytes, dataOf, encoded, warnOnce, makeLazyStream, callable } = require('internal/crypto/util');

const kHandle = Symbol('kHandle'), kState = Symbol('kState'), kFinalized = Symbol('kFinalized');

let binding;
const algorithms = new Map(); // name: { handle, size, isExtendable }, or null

function findAlgorithm(name) {
  const known = algorithms.get(name);
  if (known !== undefined) return known;
  binding ??= internalBinding('crypto_hash');
  const handle = binding.algorithm(name);
  let algorithm = null;
  if (handle !== undefined) {
    const { 0: size, 2: isExtendable } = binding.facts(handle);
    algorithm = { handle, size, isExtendable };
  }
  if (algorithms.size < 1000) algorithms.set(name, algorithm);
  return algorithm;
}

function notExtendable() {
  return Object.assign(new Error('error:030000B2:digital envelope routines::not XOF or invalid length'), {
    library: 'digital envelope routines', reason: 'not XOF or invalid length', code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH',
  });
}

function sizeOf(algorithm, wanted) {
  if (wanted === undefined) {
    if (algorithm.isExtendable) warnOnce('DEP0198', 'Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.');
    return algorithm.size;
  }
  validateUint32(wanted, 'options.outputLength');
  if (wanted !== algorithm.size && !algorithm.isExtendable) {
    throw notExtendable();
  }
  return wanted;
}

// ---- Hash ----

function finish(handle, encoding) {
  if (encoding === 'hex') return binding.finish(handle, true);
  return encoded(binding.finish(handle, false), encoding === undefined ? encoding : `${encoding}`);
}

function HashBase(algorithm, options) {
  this._options = options;
  if (typeof algorithm === 'string') {
    const known = findAlgorithm(algorithm);
    const wanted = typeof options === 'object' && options !== null ? options.outputLength : undefined;
    if (wanted !== undefined) validateUint32(wanted, 'options.outputLength');
    if (known === null) throw new Error('Digest method not supported');
    this[kHandle] = binding.create(known.handle, wanted === undefined && !known.isExtendable ? known.size : sizeOf(known, wanted));
  } else {
    const wanted = typeof options === 'object' && options !== null ? options.outputLength : undefined;
    if (wanted !== undefined) validateUint32(wanted, 'options.outputLength');
    this[kHandle] = binding.copy(algorithm[kHandle], wanted);
    if (this[kHandle] === undefined) throw notExtendable();
  }
  this[kState] = { [kFinalized]: false };
}
Object.setPrototypeOf(HashBase.prototype, Transform.prototype);
Object.setPrototypeOf(HashBase, Transform);

Object.assign(HashBase.prototype, {
  copy(options) {
    if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    return new HashBase(this, options);
  },
  _transform(chunk, encoding, callback) {
    binding.update(this[kHandle], dataOf(chunk, encoding));
    callback();
  },
  _flush(callback) {
    this.push(this.digest());
    callback();
  },
  update(data, encoding) {
    if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    if (!binding.update(this[kHandle], dataOf(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
    return this;
  },
  digest(outputEncoding) {
    const state = this[kState];
    if (state[kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    const result = finish(this[kHandle], outputEncoding);
    state[kFinalized] = true;
    return result;
  },
});
makeLazyStream(HashBase.prototype, kHandle, Transform);
Object.defineProperty(HashBase, 'name', { value: 'Hash' });

function createHash(algorithm, options) {
  if (typeof algorithm !== 'string') validateString(algorithm, 'algorithm');
  return new HashBase(algorithm, options);
}

// ---- Hmac ----

function HmacBase(hmac, key, options) {
  validateString(hmac, 'hmac');
  const encoding = options?.encoding;
  if (encoding !== undefined && encoding !== null) validateString(encoding, 'options.encoding');
  const algorithm = findAlgorithm(hmac);
  const bytes = keyOf(key, encoding);
  if (algorithm === null) throw new codes.ERR_CRYPTO_INVALID_DIGEST(hmac);
  this._options = options;
  this[kHandle] = binding.hmacCreate(algorithm.handle, bytes);
  this[kState] = { [kFinalized]: false };
}
Object.setPrototypeOf(HmacBase.prototype, Transform.prototype);
Object.setPrototypeOf(HmacBase, Transform);

function keyOf(key, encoding) {
  if (typeof key === 'string') return encoding ? Buffer.from(key, encoding) : key;
  if (isBytes(key)) return key;
  const { secretHandleOf } = require('internal/crypto/keys');
  const handle = secretHandleOf(key);
  if (handle !== undefined) return handle;
  throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
}

Object.assign(HmacBase.prototype, {
  update(data, encoding) {
    if (this[kState][kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    if (!binding.hmacUpdate(this[kHandle], dataOf(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
    return this;
  },
  digest(outputEncoding) {
    const state = this[kState];
    if (state[kFinalized]) return outputEncoding && outputEncoding !== 'buffer' ? '' : Buffer.alloc(0);
    state[kFinalized] = true;
    if (outputEncoding === 'hex') return binding.hmacFinish(this[kHandle], true);
    return encoded(binding.hmacFinish(this[kHandle], false), outputEncoding);
  },
  _flush: HashBase.prototype._flush,
  _transform(chunk, encoding, callback) {
    binding.hmacUpdate(this[kHandle], dataOf(chunk, encoding));
    callback();
  },
});
makeLazyStream(HmacBase.prototype, kHandle, Transform);
Object.defineProperty(HmacBase, 'name', { value: 'Hmac' });

function createHmac(hmac, key, options) {
  return new HmacBase(hmac, key, options);
}

// The constructors may be called without new, and say that neither should be done.
const Hash = callable('Hash', (algorithm, options) => {
  warnOnce('DEP0179', 'crypto.Hash constructor is deprecated.');
  if (!(algorithm instanceof HashBase)) validateString(algorithm, 'algorithm');
  return new HashBase(algorithm, options);
}, HashBase);
const Hmac = callable('Hmac', (...args) => {
  warnOnce('DEP0181', 'crypto.Hmac constructor is deprecated.');
  return new HmacBase(...args);
}, HmacBase);

// ---- hash() ----

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], input);
  }
  let outputEncoding = 'hex', outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    ({ outputEncoding = 'hex', outputLength } = options);
    validateString(outputEncoding, 'outputEncoding');
    if (outputLength !== undefined) validateUint32(outputLength, 'options.outputLength');
  }
  if (outputEncoding !== 'hex' && outputEncoding !== 'buffer') {
    const text = outputEncoding.toLowerCase();
    if (text !== 'buffer' && !Buffer.isEncoding(text)) throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
    outputEncoding = text;
  }
  const known = findAlgorithm(algorithm);
  if (known === null) throw new Error(`Digest method ${algorithm} is not supported`);
  const size = sizeOf(known, outputLength);
  if (outputEncoding === 'hex') return binding.once(known.handle, input, size, true);
  return encoded(binding.once(known.handle, input, size, false), outputEncoding);
}

// The library lists what it cannot do, too, and some in capitals that programs know in small letters.
let hashes;
function getHashes() {
  if (hashes === undefined) {
    binding ??= internalBinding('crypto_hash');
    const names = new Set();
    for (const name of binding.names()) {
      if (/^[0-9.]+$|^null$/i.test(name) || binding.algorithm(name) === undefined) continue;
      names.add(/^(?:RSA-|id-)|With/.test(name) ? name : name.toLowerCase());
    }
    hashes = [...names].sort();
  }
  return hashes.slice();
}

// For subtle.digest: a promise's callback with an ArrayBuffer.
function digestLater(callback, name, data, size) {
  const known = findAlgorithm(name);
  binding.later(callback, known.handle, data, size ?? known.size);
}

module.exports = { Hash, Hmac, createHash, createHmac, hash, getHashes, findAlgorithm, digestLater };
