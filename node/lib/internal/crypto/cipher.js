// SPDX-License-Identifier: MIT
// Cipheriv and Decipheriv; getCiphers, getCipherInfo.
'use strict';

const { Transform } = require('stream');
const { StringDecoder } = require('string_decoder');
const { codes } = require('internal/errors');
const { validateInt32, validateObject, validateString } = require('internal/validators');
const { isBytes, textOf, dataOf, bytesOf, makeLazyStream, callable } = require('internal/crypto/util');
const binding = internalBinding('crypto_cipher');

const kHandle = Symbol('kHandle');

function keyOf(key, encoding) {
  if (typeof key === 'string') return textOf(key, encoding);
  if (isBytes(key)) return key;
  const handle = require('internal/crypto/keys').secretHandleOf(key);
  if (handle !== undefined) return handle;
  throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
}

function lengthOf(options, name) {
  const value = options?.[name];
  if (value === undefined || value === null) return -1;
  if (value !== value >> 0 || value < 0) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  return value;
}

const algorithms = new Map();

function algorithmOf(name) {
  let algorithm = algorithms.get(name);
  if (algorithm === undefined) {
    algorithm = binding.algorithm(name);
    if (algorithm === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
    algorithms.set(name, algorithm);
  }
  return algorithm;
}

function begin(self, encrypts, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const encoding = options?.encoding;
  key = keyOf(key, encoding);
  iv = iv === null ? null : bytesOf(iv, 'iv');
  const tagLength = lengthOf(options, 'authTagLength');
  self[kHandle] = binding.create(encrypts, algorithmOf(cipher), key, iv, tagLength, cipher);
  self._decoder = null;
  self._options = options;
}

// Text in the encoding that was asked for first.
function decoderOf(self, encoding) {
  const decoder = self._decoder ?? new StringDecoder(encoding);
  const { encoding: known } = decoder;
  if (known === encoding) return (self._decoder = decoder);
  const wanted = normalized(encoding);
  if (wanted === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  if (known !== wanted) {
    throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', encoding, `cannot be changed from '${known}'`);
  }
  self._decoder = decoder;
  return decoder;
}

function normalized(encoding) {
  return Buffer.isEncoding(encoding) ? new StringDecoder(encoding).encoding : undefined;
}

const bufferOf = (bytes) => Buffer.from(bytes.buffer);

const common = {
  _transform(chunk, encoding, callback) {
    this.push(update(this, chunk, encoding));
    callback();
  },
  _flush(callback) {
    try {
      this.push(this.final());
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },
  update(data, inputEncoding, outputEncoding) {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) dataOf(data);
    const result = update(this, data, inputEncoding);
    if (outputEncoding && outputEncoding !== 'buffer') return decoderOf(this, outputEncoding).write(result);
    return result;
  },
  final(outputEncoding) {
    const result = bufferOf(binding.final(this[kHandle]));
    if (outputEncoding && outputEncoding !== 'buffer') return decoderOf(this, outputEncoding).end(result);
    return result;
  },
  setAutoPadding(autoPadding) {
    if (!binding.setAutoPadding(this[kHandle], autoPadding === undefined ? true : !!autoPadding)) {
      throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    }
    return this;
  },
};

function update(self, data, encoding) {
  const result = binding.update(self[kHandle], typeof data === 'string' ? textOf(data, known(encoding)) : data);
  if (result === null) throw new codes.ERR_CRYPTO_INVALID_MESSAGELEN();
  return bufferOf(result);
}

// Unknown encodings are read as UTF-8 here.
function known(encoding) {
  return Buffer.isEncoding(encoding) ? encoding : undefined;
}

function setAAD(aadbuf, options) {
  const encoding = options?.encoding;
  const length = lengthOf(options, 'plaintextLength');
  const done = binding.setAad(this[kHandle], bytesOf(aadbuf, 'aadbuf', encoding), length);
  if (done === undefined) {
    throw Object.assign(new TypeError('options.plaintextLength required for CCM mode with AAD'), { code: 'ERR_MISSING_ARGS' });
  }
  if (done === null) throw new codes.ERR_CRYPTO_INVALID_MESSAGELEN();
  if (!done) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
  return this;
}

function makeClass(name, encrypts, methods) {
  const Base = function(cipher, key, iv, options) {
    begin(this, encrypts, cipher, key, iv, options);
  };
  Object.setPrototypeOf(Base.prototype, Transform.prototype);
  Object.setPrototypeOf(Base, Transform);
  Object.assign(Base.prototype, common, methods);
  makeLazyStream(Base.prototype, kHandle, Transform);
  const Class = callable(name, (...args) => new Base(...args), Base);
  Object.defineProperty(Class, 'length', { value: 4, configurable: true });
  return [Class, Base];
}

const [Cipheriv, CipherBase] = makeClass('Cipheriv', true, {
  getAuthTag() {
    const tag = binding.tag(this[kHandle]);
    if (tag === undefined) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
    return bufferOf(tag);
  },
  setAAD,
});
const [Decipheriv, DecipherBase] = makeClass('Decipheriv', false, {
  setAuthTag(tagbuf, encoding) {
    if (!binding.setTag(this[kHandle], bytesOf(tagbuf, 'buffer', encoding))) throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
    return this;
  },
  setAAD,
});

function createCipheriv(cipher, key, iv, options) {
  return new CipherBase(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new DecipherBase(cipher, key, iv, options);
}

// ---- Facts ----

let ciphers;
function getCiphers() {
  ciphers ??= [...new Set(binding.names().filter((name) => !/^[0-9.]+$|^null$|-hmac-/i.test(name)).map((name) => name.toLowerCase()))].sort();
  return ciphers.slice();
}

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength = -1, ivLength = -1;
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.keyLength !== undefined) {
      validateInt32(options.keyLength, 'options.keyLength');
      ({ keyLength } = options);
    }
    if (options.ivLength !== undefined) {
      validateInt32(options.ivLength, 'options.ivLength');
      ({ ivLength } = options);
    }
  }
  const facts = binding.info(nameOrNid, keyLength, ivLength);
  if (facts === undefined) return undefined;
  const info = { __proto__: null, mode: facts[0], name: facts[1].toLowerCase(), nid: facts[2], keyLength: facts[3] };
  info.blockSize = facts[4];
  info.ivLength = facts[5] || undefined;
  return info;
}

module.exports = { Cipheriv, Decipheriv, createCipheriv, createDecipheriv, getCiphers, getCipherInfo };
