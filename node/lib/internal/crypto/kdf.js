// SPDX-License-Identifier: MIT
// pbkdf2, scrypt, hkdf.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateString, validateUint32 } = require('internal/validators');
const { isBytes, bytesOf } = require('internal/crypto/util');

let kdf;
const load = () => (kdf ??= internalBinding('crypto_kdf'));

// callback(error, Buffer) of one that gets an ArrayBuffer
function withBuffer(callback) {
  return (error, result) => {
    if (error) callback(error);
    else callback(null, Buffer.from(result));
  };
}

// ---- pbkdf2 ----

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = bytesOf(password, 'password');
  salt = bytesOf(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return [password, salt, iterations, keylen, digest];
}

function startPbkdf2(callback, args) {
  if (args[3] === 0) throw new Error('PBKDF2 derivation failed');
  return load().pbkdf2(callback, ...args);
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  if (keylen === 0) load().pbkdf2(() => callback(new Error('PBKDF2 derivation failed')), ...args);
  else load().pbkdf2(withBuffer(callback), ...args);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return Buffer.from(startPbkdf2(undefined, pbkdf2Arguments(password, salt, iterations, keylen, digest)));
}

// ---- scrypt ----

const scryptNames = [['N', 'cost'], ['r', 'blockSize'], ['p', 'parallelization']];

function scryptArguments(password, salt, keylen, options) {
  password = bytesOf(password, 'password');
  salt = bytesOf(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const numbers = [16384, 8, 1];
  let maxmem = 32 * 1024 * 1024;
  if (options && options !== undefined) {
    for (const [i, [short, long]] of scryptNames.entries()) {
      const isShort = options[short] !== undefined;
      if (isShort) {
        validateUint32(options[short], short);
        numbers[i] = options[short];
      }
      if (options[long] !== undefined) {
        if (isShort) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
        validateUint32(options[long], long);
        numbers[i] = options[long];
      }
    }
    if (options.maxmem !== undefined) {
      maxmem = options.maxmem;
      validateInteger(maxmem, 'maxmem', 0);
    }
    // 0 stands for the default.
    const defaults = [16384, 8, 1];
    for (let i = 0; i < 3; i++) if (numbers[i] === 0) numbers[i] = defaults[i];
    if (maxmem === 0) maxmem = 32 * 1024 * 1024;
  }
  return [password, salt, keylen, ...numbers, maxmem];
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  const args = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  load().scrypt(withBuffer(callback), ...args);
}

function scryptSync(password, salt, keylen, options) {
  return Buffer.from(load().scrypt(undefined, ...scryptArguments(password, salt, keylen, options)));
}

// ---- hkdf ----

const hkdfTypes = ['ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'];

function hkdfBytes(value, name) {
  if (typeof value === 'string' || isBytes(value)) return value;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', ...hkdfTypes], value);
}

function hkdfKey(key) {
  if (typeof key === 'string' || isBytes(key)) return key;
  const handle = require('internal/crypto/keys').secretHandleOf(key);
  if (handle !== undefined) return handle;
  throw new codes.ERR_INVALID_ARG_TYPE('ikm', ['string', 'SecretKeyObject', ...hkdfTypes], key);
}

function hkdfArguments(digest, ikm, salt, info, length) {
  validateString(digest, 'digest');
  ikm = hkdfKey(ikm);
  salt = hkdfBytes(salt, 'salt');
  info = hkdfBytes(info, 'info');
  validateInteger(length, 'length', 0);
  const size = typeof info === 'string' ? Buffer.byteLength(info) : info.byteLength;
  if (size > 1024) throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', size);
  return [ikm, salt, info, length, digest];
}

function hkdf(digest, ikm, salt, info, length, callback) {
  const args = hkdfArguments(digest, ikm, salt, info, length);
  validateFunction(callback, 'callback');
  load().hkdf((error, result) => {
    if (error) callback(error);
    else if (length === 0) callback(new Error('HKDF derivation failed'));
    else callback(null, result);
  }, ...args);
}

function hkdfSync(digest, ikm, salt, info, length) {
  const args = hkdfArguments(digest, ikm, salt, info, length);
  const result = load().hkdf(undefined, ...args);
  if (length === 0) throw new Error('HKDF derivation failed');
  return result;
}

module.exports = { pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync };
