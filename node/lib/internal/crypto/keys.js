// SPDX-License-Identifier: MIT
// KeyObject and its kinds; createSecretKey, generateKey.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateOneOf, validateString } = require('internal/validators');
const { isBytes } = require('internal/crypto/util');
const cloning = require('internal/clone_symbols');
const keys = internalBinding('crypto_keys');

const kEmpty = {}; // the handle of a key whose clone is being made

class KeyObject {
  #handle;
  #type;
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (typeof handle !== 'object' || handle === null) throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    this.#type = type;
    this.#handle = handle;
  }
  get type() {
    return this.#type;
  }
  static from(key) {
    const object = require('internal/crypto/webcrypto_keys').keyObjectOf(key);
    if (object === undefined) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return object;
  }
  toCryptoKey(algorithm, extractable, usages) {
    return require('internal/crypto/webcrypto_keys').toCryptoKey(this, algorithm, extractable, usages);
  }
  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    return otherKeyObject.#type === this.#type && keys.equal(this.#handle, otherKeyObject.#handle);
  }
  [cloning.clone]() {
    return { data: dataOf(this), deserializeInfo: `internal/crypto/keys:cloned_${this.#type}` };
  }
  [cloning.deserialize](data) {
    this.#handle = handleOfData(this.#type, data);
  }
  static handleOf(value) {
    return typeof value === 'object' && value !== null && #handle in value ? value.#handle : undefined;
  }
}
const { handleOf } = KeyObject;
delete KeyObject.handleOf;
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

const isKeyObject = (value) => handleOf(value) !== undefined;

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }
  get symmetricKeySize() {
    return keys.size(handleOf(this));
  }
  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: bytesOfSecret(this).toString('base64url') };
    }
    return bytesOfSecret(this);
  }
}

// What a clone is made of: the bytes of a secret, or the DER of a key.
function dataOf(key) {
  const handle = handleOf(key);
  if (key.type === 'secret') return keys.secretBytes(handle);
  const isPrivate = key.type === 'private';
  return pkey().serialize(handle, isPrivate, 0, isPrivate ? 1 : 2);
}

function handleOfData(type, data) {
  return type === 'secret' ? keys.secret(data) : pkey().parse(type === 'private', data, 0, type === 'private' ? 1 : 2);
}

function bytesOfSecret(key) {
  return Buffer.from(keys.secretBytes(handleOf(key)).buffer);
}

// The KeyObject of a CryptoKey. Who has none has not loaded the module either.
function webKeyOf(key) {
  if (typeof key !== 'object' || key === null || Object.prototype.toString.call(key) !== '[object CryptoKey]') return undefined;
  return require('internal/crypto/webcrypto_keys').keyObjectOf(key);
}

// The handle of a secret key; undefined for what is no KeyObject.
function secretHandleOf(key) {
  let handle = handleOf(key);
  if (handle === undefined) {
    const object = webKeyOf(key);
    if (object === undefined) return undefined;
    key = object;
    handle = handleOf(object);
  }
  if (key.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'secret');
  return handle;
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() {
    return pkey().type(handleOf(this));
  }
  get asymmetricKeyDetails() {
    const type = pkey().type(handleOf(this));
    if (type === undefined) return {};
    return detailsOf(pkey().details(handleOf(this)));
  }
}
Object.defineProperty(AsymmetricKeyObject, 'name', { value: 'KeyObject' });

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }
  export(options) {
    return require('internal/crypto/key_encoding').exportPublic(this, options);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }
  export(options) {
    return require('internal/crypto/key_encoding').exportPrivate(this, options);
  }
}

let pkeyBinding;
const pkey = () => (pkeyBinding ??= internalBinding('crypto_pkey'));

function detailsOf([modulusLength, exponent, hashAlgorithm, mgf1HashAlgorithm, saltLength, divisorLength, namedCurve]) {
  const details = {};
  const facts = {
    modulusLength, publicExponent: exponent && BigInt(`0x${Buffer.from(exponent.buffer).toString('hex')}`), hashAlgorithm, mgf1HashAlgorithm,
    saltLength, divisorLength, namedCurve,
  };
  for (const name of Object.keys(facts)) if (facts[name] !== undefined) details[name] = facts[name];
  return details;
}

function createSecretKey(key, encoding) {
  if (typeof key === 'string') key = Buffer.from(key, encoding);
  else if (!isBytes(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  return new SecretKeyObject(keys.secret(key));
}

// ---- generateKey ----

function keyLength(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  switch (type) {
    case 'hmac':
      validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
      return Math.floor(length / 8);
    case 'aes':
      validateOneOf(length, 'options.length', [128, 192, 256]);
      return length / 8;
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
}

function generateKeySync(type, options) {
  const bytes = Buffer.alloc(keyLength(type, options));
  internalBinding('crypto').random(bytes, 0, bytes.length);
  return createSecretKey(bytes);
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const bytes = Buffer.alloc(keyLength(type, options));
  internalBinding('crypto').randomLater((error) => {
    if (error) callback(error);
    else callback(undefined, createSecretKey(bytes));
  }, bytes, 0, bytes.length);
}

module.exports = {
  cloned_secret: function() {
    return new SecretKeyObject(kEmpty);
  },
  cloned_public: function() {
    return new PublicKeyObject(kEmpty);
  },
  cloned_private: function() {
    return new PrivateKeyObject(kEmpty);
  },
  KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject, createSecretKey, generateKey, generateKeySync, isKeyObject, handleOf, secretHandleOf, bytesOfSecret,
};
