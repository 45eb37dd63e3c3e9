// SPDX-License-Identifier: MIT
// The global `crypto` of the web: Crypto and SubtleCrypto.
'use strict';

const { codes } = require('internal/errors');
const kMake = {};

const keys = () => require('internal/crypto/webcrypto_keys');
const ops = () => require('internal/crypto/webcrypto_ops');

// ---- Arguments, with the messages of a conversion to the web's types ----

const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];
const formats = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-public', 'raw-secret', 'raw-seed'];
const failing = (code, method, text) => Object.assign(new TypeError(`Failed to execute '${method}' on 'SubtleCrypto': ${text}`), { code });

function toBytes(value, method, i) {
  const { isBytes } = require('internal/crypto/util');
  if (!isBytes(value)) throw failing('ERR_INVALID_ARG_TYPE', method, `${ordinals[i]} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  return value;
}

function toKey(value, method, i) {
  if (!keys().isCryptoKey(value)) throw failing('ERR_INVALID_ARG_TYPE', method, `${ordinals[i]} argument is not of type CryptoKey.`);
  return value;
}

function toFormat(value, method, i) {
  if (!formats.includes(`${value}`)) throw failing('ERR_INVALID_ARG_VALUE', method, `${ordinals[i]} argument '${value}' is not a valid enum value of type KeyFormat.`);
  return `${value}`;
}

function toUsages(value, method, i) {
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
    throw failing('ERR_INVALID_ARG_TYPE', method, `${ordinals[i]} argument can not be converted to sequence.`);
  }
  const usages = [...value].map(String);
  for (const [at, usage] of usages.entries()) {
    if (!keys().usageOrder.includes(usage)) {
      throw failing('ERR_INVALID_ARG_VALUE', method, `${ordinals[i]} argument[${at}] '${usage}' is not a valid enum value of type KeyUsage.`);
    }
  }
  return usages;
}

const asIs = (value) => value, toBoolean = (value) => !!value;

function toKeyData(value, method, i, args) {
  if (`${args[0]}` !== 'jwk') return toBytes(value, method, i);
  if (typeof value !== 'object' || value === null) throw failing('ERR_INVALID_ARG_TYPE', method, `${ordinals[i]} argument can not be converted to a dictionary.`);
  return value;
}

async function digest(algorithm, data) {
  const { normalize, hashes, failure } = keys();
  const name = hashes[normalize(algorithm).name];
  if (name === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  return new Promise((resolve, reject) => {
    require('internal/crypto/hash').digestLater((error, result) => {
      if (error) reject(error);
      else resolve(result);
    }, name, data);
  });
}

// name: [conversions of the arguments, function, how many are needed]
const methods = {
  encrypt: [[asIs, toKey, toBytes], (...args) => ops().encrypt(...args)],
  decrypt: [[asIs, toKey, toBytes], (...args) => ops().decrypt(...args)],
  sign: [[asIs, toKey, toBytes], (...args) => ops().sign(...args)],
  verify: [[asIs, toKey, toBytes, toBytes], (...args) => ops().verify(...args)],
  digest: [[asIs, toBytes], digest],
  generateKey: [[asIs, toBoolean, toUsages], (...args) => keys().generateKey(...args)],
  deriveKey: [[asIs, toKey, asIs, toBoolean, toUsages], (...args) => ops().deriveKey(...args)],
  deriveBits: [[asIs, toKey, asIs], (...args) => ops().deriveBits(...args), 2],
  importKey: [[toFormat, toKeyData, asIs, toBoolean, toUsages], (...args) => keys().importKey(...args)],
  exportKey: [[toFormat, toKey], (...args) => keys().exportKey(...args)],
  wrapKey: [[toFormat, toKey, toKey, asIs], (...args) => ops().wrapKey(...args)],
  unwrapKey: [[toFormat, toBytes, toKey, asIs, asIs, toBoolean, toUsages], (...args) => ops().unwrapKey(...args)],
};

class SubtleCrypto {
  constructor(token) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}
for (const [name, [conversions, run, needed = conversions.length]] of Object.entries(methods)) {
  const method = { async [name](...args) {
    if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
    if (args.length < needed) throw failing('ERR_MISSING_ARGS', name, `${needed} arguments required, but only ${args.length} present.`);
    return run(...conversions.map((convert, i) => convert(args[i], name, i, args)));
  } }[name];
  Object.defineProperty(method, 'length', { value: needed, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, { value: method, writable: true, configurable: true, enumerable: true });
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

for (const [Class, names] of [[Crypto, ['subtle', 'getRandomValues', 'randomUUID']], [SubtleCrypto, []]]) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

const subtle = new SubtleCrypto(kMake);
const crypto = new Crypto(kMake);

module.exports = { Crypto, SubtleCrypto, crypto, subtle };
