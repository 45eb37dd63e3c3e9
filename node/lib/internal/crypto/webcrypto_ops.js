// SPDX-License-Identifier: MIT
// What SubtleCrypto does with keys: encrypt, decrypt, sign, verify, derive, wrap.
'use strict';

const { bytesOfSecret, handleOf } = require('internal/crypto/keys');
const {
  algorithms, hashes, normalize, requireMembers, hashOf, failure, keyObjectOf, isCryptoKey, importKey, exportKey, copyOf,
} = require('internal/crypto/webcrypto_keys');
const constants = require('internal/crypto/constants');

const failed = (cause) => failure('OperationError', 'The operation failed for an operation-specific reason', cause);
const arrayBufferOf = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);

// The algorithm of an operation with the key that fits it.
function prepare(algorithm, key, usage) {
  algorithm = normalize(algorithm);
  const facts = algorithms[algorithm.name];
  if (facts === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  if (key.algorithm.name !== algorithm.name) throw failure('InvalidAccessError', 'Key algorithm mismatch');
  if (!key.usages.includes(usage)) throw failure('InvalidAccessError', `Unable to use this key to ${usage}`);
  return { algorithm, facts, object: keyObjectOf(key) };
}

// ---- Encryption ----

function checkAes(algorithm, data, encrypts) {
  switch (algorithm.name) {
    case 'AES-CBC':
      requireMembers(algorithm, 'AesCbcParams', ['iv']);
      if (algorithm.iv.byteLength !== 16) throw failure('OperationError', 'algorithm.iv must contain exactly 16 bytes');
      return undefined;
    case 'AES-CTR':
      requireMembers(algorithm, 'AesCtrParams', ['counter', 'length']);
      if (algorithm.counter.byteLength !== 16) throw failure('OperationError', 'algorithm.counter must contain exactly 16 bytes');
      if (algorithm.length === 0 || algorithm.length > 128) throw failure('OperationError', 'AES-CTR algorithm.length must be between 1 and 128');
      return undefined;
    default: {
      requireMembers(algorithm, 'AesGcmParams', ['iv']);
      const { tagLength = 128 } = algorithm;
      if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) throw failure('OperationError', `${tagLength} is not a valid AES-GCM tag length`);
      if (!encrypts && data.length < tagLength / 8) throw failed(new Error('Cipher job failed'));
      return tagLength / 8;
    }
  }
}

// AES-CTR counts in the last `length` bits only: where they overflow, the text is in two parts.
function counterMode(make, algorithm, data) {
  const counter = Buffer.from(copyOf(algorithm.counter)), { length } = algorithm;
  const all = BigInt(`0x${counter.toString('hex')}`), mask = (1n << BigInt(length)) - 1n;
  const before = mask + 1n - (all & mask), blocks = BigInt(Math.ceil(data.length / 16));
  if (blocks > mask + 1n) throw failed(new Error('Cipher job failed'));
  const run = (iv, part) => {
    const cipher = make(iv);
    return [cipher.update(part), cipher.final()];
  };
  if (blocks <= before) return Buffer.concat(run(counter, data));
  const split = Number(before) * 16;
  const wrapped = Buffer.from((all & ~mask).toString(16).padStart(32, '0'), 'hex');
  return Buffer.concat([...run(counter, data.subarray(0, split)), ...run(wrapped, data.subarray(split))]);
}

function runAes(encrypts, algorithm, object, data) {
  const { createCipheriv, createDecipheriv } = require('internal/crypto/cipher');
  const tagLength = checkAes(algorithm, data, encrypts);
  const bits = object.symmetricKeySize * 8, mode = algorithm.name.slice(4).toLowerCase();
  const make = (iv, options) => (encrypts ? createCipheriv : createDecipheriv)(`aes-${bits}-${mode}`, object, iv, options);
  try {
    if (mode === 'ctr') return arrayBufferOf(counterMode(make, algorithm, data));
    const cipher = make(copyOf(algorithm.iv), tagLength === undefined ? undefined : { authTagLength: tagLength });
    if (tagLength === undefined) return arrayBufferOf(Buffer.concat([cipher.update(data), cipher.final()]));
    if (algorithm.additionalData !== undefined) cipher.setAAD(copyOf(algorithm.additionalData));
    if (encrypts) return arrayBufferOf(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
    cipher.setAuthTag(data.subarray(data.length - tagLength));
    return arrayBufferOf(Buffer.concat([cipher.update(data.subarray(0, data.length - tagLength)), cipher.final()]));
  } catch (cause) {
    if (cause.name === 'OperationError') throw cause;
    throw failed(cause.message.startsWith('Unsupported state') ? new Error('Cipher job failed') : cause);
  }
}

function runOaep(encrypts, algorithm, key, object, data) {
  const { publicEncrypt, privateDecrypt } = require('internal/crypto/sign');
  if (object.type !== (encrypts ? 'public' : 'private')) throw failure('InvalidAccessError', `Key must be a ${encrypts ? 'public' : 'private'} key`);
  const options = { key: object, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashes[key.algorithm.hash.name] };
  if (algorithm.label !== undefined) options.oaepLabel = copyOf(algorithm.label);
  try {
    return arrayBufferOf((encrypts ? publicEncrypt : privateDecrypt)(options, data));
  } catch (cause) {
    throw failed(cause);
  }
}

function transform(encrypts, algorithm, key, data, usage = encrypts ? 'encrypt' : 'decrypt') {
  const { algorithm: known, facts, object } = prepare(algorithm, key, usage);
  const bytes = Buffer.from(copyOf(data).buffer);
  if (facts.kind === 'aes' && known.name !== 'AES-KW') return runAes(encrypts, known, object, bytes);
  if (known.name === 'RSA-OAEP') return runOaep(encrypts, known, key, object, bytes);
  throw failure('NotSupportedError', 'Unrecognized algorithm name');
}

// ---- Signatures ----

function signParameters(algorithm, facts, key, object) {
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return [hashes[key.algorithm.hash.name], { key: object, padding: constants.RSA_PKCS1_PADDING }];
    case 'RSA-PSS':
      requireMembers(algorithm, 'RsaPssParams', ['saltLength']);
      return [hashes[key.algorithm.hash.name], { key: object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }];
    case 'ECDSA':
      requireMembers(algorithm, 'EcdsaParams', ['hash']);
      return [hashes[hashOf(algorithm)], { key: object, dsaEncoding: 'ieee-p1363' }];
    case 'Ed25519': case 'Ed448': return [null, { key: object }];
    default: throw failure('NotSupportedError', 'Unrecognized algorithm name');
  }
}

function hmac(key, object, data) {
  return require('internal/crypto/hash').createHmac(hashes[key.algorithm.hash.name], object).update(data).digest();
}

function sign(algorithm, key, data) {
  const { algorithm: known, facts, object } = prepare(algorithm, key, 'sign');
  const bytes = copyOf(data);
  if (facts.kind === 'hmac') return arrayBufferOf(hmac(key, object, bytes));
  const [digest, options] = signParameters(known, facts, key, object);
  return new Promise((resolve, reject) => {
    require('internal/crypto/sign').sign(digest, bytes, options, (error, signature) => {
      if (error) reject(failed(error));
      else resolve(arrayBufferOf(signature));
    });
  });
}

function verify(algorithm, key, signature, data) {
  const { algorithm: known, facts, object } = prepare(algorithm, key, 'verify');
  const bytes = copyOf(data), given = copyOf(signature);
  if (facts.kind === 'hmac') {
    const wanted = hmac(key, object, bytes);
    return wanted.length === given.length && internalBinding('crypto').equal(wanted, given);
  }
  const [digest, options] = signParameters(known, facts, key, object);
  return new Promise((resolve, reject) => {
    require('internal/crypto/sign').verify(digest, bytes, options, given, (error, valid) => {
      if (error) reject(failed(error));
      else resolve(valid);
    });
  });
}

// ---- Deriving ----

const promised = (start) => new Promise((resolve, reject) => {
  start((error, result) => {
    if (error) reject(failed(error));
    else resolve(result);
  });
});

function wholeBytes(length) {
  if (length === null || length === undefined) throw failure('OperationError', 'length cannot be null');
  if (length % 8) throw failure('OperationError', 'length must be a multiple of 8');
  return length / 8;
}

async function agreed(algorithm, object, length) {
  requireMembers(algorithm, 'EcdhKeyDeriveParams', ['public']);
  const other = keyObjectOf(algorithm.public);
  if (other === undefined || other.type !== 'public') throw failure('InvalidAccessError', 'algorithm.public must be a public key');
  if (object.type !== 'private') throw failure('InvalidAccessError', 'baseKey must be a private key');
  if (algorithm.public.algorithm.name !== algorithm.name) throw failure('InvalidAccessError', `algorithm.public must be an ${algorithm.name} key`);
  if (other.asymmetricKeyDetails.namedCurve !== object.asymmetricKeyDetails.namedCurve) throw failure('InvalidAccessError', 'Named curve mismatch');
  const secret = await promised((callback) => require('internal/crypto/sign').diffieHellman({ privateKey: object, publicKey: other }, callback));
  if (length === null || length === undefined) return arrayBufferOf(secret);
  const size = Math.ceil(length / 8);
  if (secret.length < size) throw failure('OperationError', 'derived bit length is too small');
  const part = Buffer.from(secret.subarray(0, size));
  if (length % 8) part[size - 1] &= 0xff << (8 - (length % 8));
  return arrayBufferOf(part);
}

async function deriveBitsFor(usage, algorithm, key, length) {
  const { algorithm: known, object } = prepare(algorithm, key, usage);
  const kdf = require('internal/crypto/kdf');
  switch (known.name) {
    case 'PBKDF2': {
      requireMembers(known, 'Pbkdf2Params', ['hash', 'iterations', 'salt']);
      const size = wholeBytes(length), hash = hashes[hashOf(known)];
      if (known.iterations === 0) throw failure('OperationError', 'iterations cannot be zero');
      if (size === 0) return new ArrayBuffer(0);
      return arrayBufferOf(await promised((callback) => kdf.pbkdf2(bytesOfSecret(object), copyOf(known.salt), known.iterations, size, hash, callback)));
    }
    case 'HKDF': {
      requireMembers(known, 'HkdfParams', ['hash', 'info', 'salt']);
      const size = wholeBytes(length), hash = hashes[hashOf(known)];
      if (size === 0) return new ArrayBuffer(0);
      // The info may be longer here than node:crypto's hkdf allows.
      return promised((callback) => internalBinding('crypto_kdf').hkdf(callback, handleOf(object), copyOf(known.salt), copyOf(known.info), size, hash));
    }
    case 'ECDH': case 'X25519': case 'X448': return agreed(known, object, length);
    default: throw failure('NotSupportedError', 'Unrecognized algorithm name');
  }
}

function derivedLength(algorithm) {
  const known = normalize(algorithm), facts = algorithms[known.name];
  switch (facts?.kind) {
    case 'aes':
      requireMembers(known, 'AesDerivedKeyParams', ['length']);
      if (![128, 192, 256].includes(known.length)) throw failure('OperationError', 'Invalid key length');
      return known.length;
    case 'hmac': {
      requireMembers(known, 'HmacImportParams', ['hash']);
      if (known.length !== undefined) return known.length;
      return { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 }[hashOf(known)];
    }
    case 'kdf': return null;
    default: throw failure('NotSupportedError', 'Unrecognized algorithm name');
  }
}

async function deriveKey(algorithm, key, derived, extractable, usages) {
  prepare(algorithm, key, 'deriveKey');
  const bits = await deriveBitsFor('deriveKey', algorithm, key, derivedLength(derived));
  return importKey('raw', bits, derived, extractable, usages);
}

// ---- Wrapping ----

const WRAP_IV = Buffer.alloc(8, 0xa6);

function wrapAes(encrypts, object, data) {
  const { createCipheriv, createDecipheriv } = require('internal/crypto/cipher');
  try {
    const cipher = (encrypts ? createCipheriv : createDecipheriv)(`id-aes${object.symmetricKeySize * 8}-wrap`, object, WRAP_IV);
    return arrayBufferOf(Buffer.concat([cipher.update(data), cipher.final()]));
  } catch (cause) {
    throw failed(cause);
  }
}

function wrapKey(format, key, wrapping, algorithm) {
  const known = normalize(algorithm);
  const { object } = prepare(known, wrapping, 'wrapKey');
  let data = exportKey(format, key);
  if (format === 'jwk') {
    let text = JSON.stringify(data);
    // AES-KW takes whole pieces of 8 bytes.
    if (known.name === 'AES-KW' && text.length % 8) text = text.slice(0, -1) + ' '.repeat(8 - (text.length % 8)) + '}';
    data = Buffer.from(text);
  }
  if (known.name === 'AES-KW') return wrapAes(true, object, Buffer.from(data));
  return transform(true, known, wrapping, data, 'wrapKey');
}

function unwrapKey(format, data, unwrapping, algorithm, keyAlgorithm, extractable, usages) {
  const known = normalize(algorithm);
  const { object } = prepare(known, unwrapping, 'unwrapKey');
  let bytes = known.name === 'AES-KW' ? wrapAes(false, object, Buffer.from(copyOf(data))) : transform(false, known, unwrapping, data, 'unwrapKey');
  if (format === 'jwk') {
    try {
      bytes = JSON.parse(Buffer.from(bytes).toString());
    } catch (cause) {
      throw failure('DataError', 'Invalid wrapped JWK key', cause);
    }
  }
  return importKey(format, bytes, keyAlgorithm, extractable, usages);
}

module.exports = {
  encrypt: (algorithm, key, data) => transform(true, algorithm, key, data),
  decrypt: (algorithm, key, data) => transform(false, algorithm, key, data),
  sign, verify, deriveKey, wrapKey, unwrapKey, isCryptoKey,
  deriveBits: (algorithm, key, length) => deriveBitsFor('deriveBits', algorithm, key, length),
};
