// SPDX-License-Identifier: MIT
// crypto: what its parts in internal/crypto/ bring. OpenSSL's library is loaded by the first function that needs it.
'use strict';

const random = require('internal/crypto/random');

// Parts that few programs use are loaded when something of them is asked for.
function lazy(names, module) {
  for (const name of names) {
    const set = (value) => {
      Object.defineProperty(exports, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    };
    Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => set(require(module)[name]), set });
  }
}

// Digests need streams, random numbers do not.
let digests;
const loadDigests = () => (digests ??= require('internal/crypto/hash'));
function createHash(algorithm, options) {
  return loadDigests().createHash(algorithm, options);
}
function createHmac(hmac, key, options) {
  return loadDigests().createHmac(hmac, key, options);
}
function hash(algorithm, input, options) {
  return loadDigests().hash(algorithm, input, options);
}
function getHashes() {
  return loadDigests().getHashes();
}

lazy(['Hash', 'Hmac'], 'internal/crypto/hash');
lazy(['createSecretKey', 'generateKey', 'generateKeySync', 'KeyObject'], 'internal/crypto/keys');
lazy(['createCipheriv', 'createDecipheriv', 'getCiphers', 'getCipherInfo', 'Cipheriv', 'Decipheriv'], 'internal/crypto/cipher');
lazy(['createPrivateKey', 'createPublicKey', 'generateKeyPair', 'generateKeyPairSync', 'getCurves'], 'internal/crypto/key_encoding');
lazy([
  'Sign', 'Verify', 'createSign', 'createVerify', 'sign', 'verify', 'publicEncrypt', 'publicDecrypt', 'privateEncrypt', 'privateDecrypt',
  'diffieHellman',
], 'internal/crypto/sign');
lazy([
  'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'createDiffieHellman', 'createDiffieHellmanGroup', 'getDiffieHellman', 'createECDH',
], 'internal/crypto/dh');
lazy(['Certificate'], 'internal/crypto/certificate');
lazy(['X509Certificate'], 'internal/crypto/x509');
lazy(['checkPrime', 'checkPrimeSync', 'generatePrime', 'generatePrimeSync'], 'internal/crypto/primes');
lazy(['pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync'], 'internal/crypto/kdf');

Object.assign(exports, {
  getFips: () => 0, // the library's providers are the default ones
  secureHeapUsed: () => ({ total: 0, used: 0, utilization: NaN, min: 2 }), // there is none without --secure-heap
  createHash, createHmac, getHashes, hash,
  randomBytes: random.randomBytes,
  randomFill: random.randomFill,
  randomFillSync: random.randomFillSync,
  randomInt: random.randomInt,
  randomUUID: random.randomUUID,
  randomUUIDv7: random.randomUUIDv7,
  timingSafeEqual: random.timingSafeEqual,
});

const web = (of) => ({
  configurable: false,
  enumerable: true,
  get: () => require('internal/crypto/webcrypto')[of],
  set: undefined,
});
Object.defineProperties(exports, {
  constants: { configurable: false, enumerable: true, get: () => require('internal/crypto/constants'), set: undefined },
  webcrypto: web('crypto'),
  subtle: web('subtle'),
  getRandomValues: { configurable: false, enumerable: true, get: () => random.getRandomValues, set: undefined },
});
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  Object.defineProperty(exports, name, { configurable: true, enumerable: false, writable: true, value: random.randomBytes });
}
