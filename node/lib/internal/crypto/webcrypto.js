// SPDX-License-Identifier: MIT
// The global `crypto` of the web: Crypto and SubtleCrypto.
'use strict';

const { codes } = require('internal/errors');
const kMake = {};

// Conversion as the web's interfaces ask for it: a plain TypeError of Node's.
function missing(name, needed, got) {
  const error = new TypeError(`Failed to execute '${name}' on 'SubtleCrypto': ${needed} arguments required, but only ${got} present.`);
  error.code = 'ERR_MISSING_ARGS';
  return error;
}

const digests = { __proto__: null, 'sha-1': 'sha1', 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512', 'sha3-256': 'sha3-256', 'sha3-384': 'sha3-384', 'sha3-512': 'sha3-512' };

function algorithmName(algorithm) {
  if (typeof algorithm === 'object' && algorithm !== null) {
    if (algorithm.name === undefined) {
      const error = new TypeError("Failed to normalize algorithm: passed algorithm cannot be converted to 'Algorithm' because 'name' is required in 'Algorithm'.");
      throw Object.assign(error, { code: 'ERR_MISSING_OPTION' });
    }
    return `${algorithm.name}`;
  }
  return `${algorithm}`;
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  async digest(algorithm, data) {
    if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
    if (arguments.length < 2) throw missing('digest', 2, arguments.length);
    const { isBytes } = require('internal/crypto/util');
    const name = algorithmName(algorithm);
    if (!isBytes(data)) {
      const error = new TypeError("Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.");
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    const known = digests[name.toLowerCase()];
    if (known === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    return new Promise((resolve, reject) => {
      require('internal/crypto/hash').digestLater((error, result) => {
        if (error) reject(error);
        else resolve(result);
      }, known, data);
    });
  }
}

class Crypto {
  constructor(token) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get subtle() {
    check(this);
    return subtle;
  }
  getRandomValues(array) {
    check(this);
    return require('internal/crypto/random').getRandomValues(array);
  }
  randomUUID(options) {
    check(this);
    return require('internal/crypto/random').randomUUID(options);
  }
}

function check(value) {
  if (value !== crypto) throw new codes.ERR_INVALID_THIS('Crypto');
}

for (const [Class, names] of [[Crypto, ['subtle', 'getRandomValues', 'randomUUID']], [SubtleCrypto, ['digest']]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

const subtle = new SubtleCrypto(kMake);
const crypto = new Crypto(kMake);

module.exports = { Crypto, SubtleCrypto, crypto, subtle };
