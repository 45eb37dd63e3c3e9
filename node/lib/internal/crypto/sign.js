// SPDX-License-Identifier: MIT
// Sign, Verify, sign(), verify(); encryption with RSA keys; diffieHellman() of two keys.
'use strict';

const { Writable } = require('stream');
const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { dataOf, bytesOf, encoded, callable } = require('internal/crypto/util');
const { findAlgorithm } = require('internal/crypto/hash');
const { keyHandle, CONSUME_PUBLIC, CONSUME_PRIVATE } = require('internal/crypto/key_encoding');
const { isKeyObject, handleOf } = require('internal/crypto/keys');
const constants = require('internal/crypto/constants');
const hashes = internalBinding('crypto_hash');
const binding = internalBinding('crypto_sign');

const kHandle = Symbol('kHandle');
const NO_PADDING = -1, NO_SALT_LENGTH = -1000;

// [padding, salt length, whether signatures are two plain numbers]
function signOptions(options) {
  if (typeof options !== 'object' || options === null) return [NO_PADDING, NO_SALT_LENGTH, false];
  const { padding, saltLength, dsaEncoding } = options;
  for (const [name, value] of [['padding', padding], ['saltLength', saltLength]]) {
    if (value !== undefined && value !== null && value !== value >> 0) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  }
  return [padding ?? NO_PADDING, saltLength ?? NO_SALT_LENGTH, dsaEncoding === 'ieee-p1363'];
}

// ---- Sign, Verify ----

function begin(stream, algorithm, options) {
  validateString(algorithm, 'algorithm');
  const known = findAlgorithm(algorithm);
  if (known === null) throw Object.assign(new TypeError('Invalid digest'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  Writable.call(stream, options);
  stream[kHandle] = { algorithm, digest: hashes.create(known.handle, known.size) };
}

function notInitialised() {
  return Object.assign(new Error('Not initialised'), { code: 'ERR_CRYPTO_INVALID_STATE' });
}

function update(data, encoding) {
  data = dataOf(data, encoding);
  const { digest } = this[kHandle];
  if (digest === null) throw notInitialised();
  hashes.update(digest, data);
  return this;
}

function write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
}

function digestOf(stream) {
  const handle = stream[kHandle];
  if (handle.digest === null) throw notInitialised();
  const bytes = hashes.finish(handle.digest, false);
  handle.digest = null;
  return bytes;
}

function SignBase(algorithm, options) {
  begin(this, algorithm, options);
}
Object.setPrototypeOf(SignBase.prototype, Writable.prototype);
Object.setPrototypeOf(SignBase, Writable);
Object.assign(SignBase.prototype, {
  _write: write,
  update,
  sign(options, encoding) {
    if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
    const handle = keyHandle(options, CONSUME_PRIVATE);
    const details = signOptions(options);
    const { algorithm } = this[kHandle];
    return encoded(binding.sign(undefined, algorithm, digestOf(this), true, handle, ...details), encoding);
  },
});
const Sign = callable('Sign', (...args) => new SignBase(...args), SignBase);

function VerifyBase(algorithm, options) {
  begin(this, algorithm, options);
}
Object.setPrototypeOf(VerifyBase.prototype, Writable.prototype);
Object.setPrototypeOf(VerifyBase, Writable);
Object.assign(VerifyBase.prototype, {
  _write: write,
  update,
  verify(options, signature, encoding) {
    const handle = keyHandle(options, CONSUME_PUBLIC);
    const details = signOptions(options);
    signature = bytesOf(signature, 'signature', encoding);
    const { algorithm } = this[kHandle];
    return binding.verify(undefined, algorithm, digestOf(this), true, handle, ...details, signature);
  },
});
const Verify = callable('Verify', (...args) => new VerifyBase(...args), VerifyBase);

// ---- At once ----

function checkAlgorithm(algorithm) {
  if (algorithm === undefined || algorithm === null) return null;
  validateString(algorithm, 'algorithm');
  return algorithm;
}

function sign(algorithm, data, key, callback) {
  algorithm = checkAlgorithm(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = bytesOf(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const details = signOptions(key);
  const handle = keyHandle(key, CONSUME_PRIVATE);
  if (callback === undefined) return Buffer.from(binding.sign(undefined, algorithm, data, false, handle, ...details));
  binding.sign((error, result) => {
    if (error) callback(error);
    else callback(null, Buffer.from(result));
  }, algorithm, data, false, handle, ...details);
  return undefined;
}

function verify(algorithm, data, key, signature, callback) {
  algorithm = checkAlgorithm(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = bytesOf(data, 'data');
  const details = signOptions(key);
  if (!ArrayBuffer.isView(signature) && !(signature instanceof ArrayBuffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('signature', ['Buffer', 'TypedArray', 'DataView'], signature);
  }
  const handle = keyHandle(key, CONSUME_PUBLIC);
  if (callback === undefined) return binding.verify(undefined, algorithm, data, false, handle, ...details, signature);
  binding.verify((error, result) => {
    if (error) callback(error);
    else callback(null, result);
  }, algorithm, data, false, handle, ...details, signature);
  return undefined;
}

// ---- RSA ----

function cipherFunction(name, wanted, otherwise) {
  return { [name](options, buffer) {
    const handle = keyHandle(options, wanted);
    const isObject = typeof options === 'object' && options !== null && !isKeyObject(options);
    const padding = (isObject && options.padding) || otherwise;
    const { oaepHash, encoding } = isObject ? options : {};
    let { oaepLabel } = isObject ? options : {};
    if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
    if (oaepLabel !== undefined) oaepLabel = bytesOf(oaepLabel, 'key.oaepLabel', encoding);
    buffer = bytesOf(buffer, 'buffer', encoding);
    const result = binding[name](handle, buffer, padding, oaepHash, oaepLabel);
    if (result === null) throw Object.assign(new Error('Invalid digest used'), { code: 'ERR_OSSL_EVP_INVALID_DIGEST' });
    return Buffer.from(result.buffer);
  } }[name];
}
const publicEncrypt = cipherFunction('publicEncrypt', CONSUME_PUBLIC, constants.RSA_PKCS1_OAEP_PADDING);
const publicDecrypt = cipherFunction('publicDecrypt', CONSUME_PUBLIC, constants.RSA_PKCS1_PADDING);
const privateEncrypt = cipherFunction('privateEncrypt', CONSUME_PRIVATE, constants.RSA_PKCS1_PADDING);
const privateDecrypt = cipherFunction('privateDecrypt', CONSUME_PRIVATE, constants.RSA_PKCS1_OAEP_PADDING);

// ---- Agreement ----

const agreeing = new Set(['dh', 'ec', 'x25519', 'x448']);

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { privateKey, publicKey } = options;
  for (const [name, key, type] of [['publicKey', publicKey, 'public'], ['privateKey', privateKey, 'private']]) {
    if (!isKeyObject(key)) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, key);
    if (key.type !== type && !(type === 'public' && key.type === 'private')) {
      throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, type === 'private' ? 'private' : 'private or public');
    }
  }
  const own = privateKey.asymmetricKeyType, other = publicKey.asymmetricKeyType;
  if (own !== other || !agreeing.has(own)) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${own} and ${other}`);
  }
  if (callback === undefined) return Buffer.from(binding.agree(undefined, handleOf(privateKey), handleOf(publicKey)));
  binding.agree((error, secret) => {
    if (error) callback(error);
    else callback(null, Buffer.from(secret));
  }, handleOf(privateKey), handleOf(publicKey));
  return undefined;
}

module.exports = {
  Sign, Verify, createSign: (algorithm, options) => new SignBase(algorithm, options),
  createVerify: (algorithm, options) => new VerifyBase(algorithm, options),
  sign, verify, publicEncrypt, publicDecrypt, privateEncrypt, privateDecrypt, diffieHellman,
};
