// SPDX-License-Identifier: MIT
// CryptoKey; keys of the web's algorithms: importing, exporting, generating.
'use strict';

const { codes } = require('internal/errors');
const { isBytes } = require('internal/crypto/util');
const { KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject, createSecretKey, handleOf, bytesOfSecret } = require('internal/crypto/keys');
const cloning = require('internal/clone_symbols');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const kMake = {};
const usageOrder = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];

const failure = (name, message, cause) => {
  const error = new DOMException(message, cause === undefined ? name : { name, cause });
  return error;
};
const typeError = (code, message) => Object.assign(new TypeError(message), { code });

// ---- CryptoKey ----

class CryptoKey {
  #key;
  #algorithm;
  #extractable;
  #usages;
  constructor(token, key, algorithm, extractable, usages) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#key = key;
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    this.#usages = usages;
  }
  get type() {
    return this.#key.type;
  }
  get extractable() {
    return this.#extractable;
  }
  get algorithm() {
    return this.#algorithm;
  }
  get usages() {
    return this.#usages;
  }
  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const facts = { type: this.type, extractable: this.extractable, algorithm: this.algorithm, usages: this.usages };
    return `CryptoKey ${inspect(facts, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  [cloning.clone]() {
    return { data: [this.#key, this.#algorithm, this.#extractable, this.#usages], deserializeInfo: 'internal/crypto/webcrypto_keys:cloned_key' };
  }
  [cloning.deserialize]({ 0: key, 1: algorithm, 2: extractable, 3: usages }) {
    this.#key = key;
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    this.#usages = usages;
  }
  static keyObjectOf(value) {
    return typeof value === 'object' && value !== null && #key in value ? value.#key : undefined;
  }
}
const { keyObjectOf } = CryptoKey;
delete CryptoKey.keyObjectOf;
for (const name of ['type', 'extractable', 'algorithm', 'usages']) Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });

const isCryptoKey = (value) => keyObjectOf(value) !== undefined;

function makeKey(key, algorithm, extractable, usages) {
  return new CryptoKey(kMake, key, algorithm, extractable, usageOrder.filter((usage) => usages.includes(usage)));
}

// ---- Algorithms ----

const hashes = { __proto__: null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512', 'SHA3-256': 'sha3-256', 'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512' };
const hashSuffixes = { __proto__: null, 'SHA-1': '1', 'SHA-256': '256', 'SHA-384': '384', 'SHA-512': '512' };
const blockSizes = { __proto__: null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832, 'SHA3-512': 576 };
const curves = { __proto__: null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

const rsa = (publicUsages, privateUsages, jwkPrefix) => ({ kind: 'rsa', publicUsages, privateUsages, jwkPrefix });
const aes = (usages, suffix) => ({ kind: 'aes', usages, suffix });
const algorithms = {
  '__proto__': null,
  'AES-CBC': aes(['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], 'CBC'),
  'AES-CTR': aes(['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], 'CTR'),
  'AES-GCM': aes(['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], 'GCM'),
  'AES-KW': aes(['wrapKey', 'unwrapKey'], 'KW'),
  'HMAC': { kind: 'hmac', usages: ['sign', 'verify'] },
  'PBKDF2': { kind: 'kdf', usages: ['deriveKey', 'deriveBits'] },
  'HKDF': { kind: 'kdf', usages: ['deriveKey', 'deriveBits'] },
  'RSASSA-PKCS1-v1_5': rsa(['verify'], ['sign'], 'RS'),
  'RSA-PSS': rsa(['verify'], ['sign'], 'PS'),
  'RSA-OAEP': rsa(['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey'], 'RSA-OAEP-'),
  'ECDSA': { kind: 'ec', publicUsages: ['verify'], privateUsages: ['sign'] },
  'ECDH': { kind: 'ec', publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] },
  'Ed25519': { kind: 'okp', type: 'ed25519', publicUsages: ['verify'], privateUsages: ['sign'] },
  'Ed448': { kind: 'okp', type: 'ed448', publicUsages: ['verify'], privateUsages: ['sign'] },
  'X25519': { kind: 'okp', type: 'x25519', publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] },
  'X448': { kind: 'okp', type: 'x448', publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] },
};
const properNames = new Map([...Object.keys(algorithms), ...Object.keys(hashes)].map((name) => [name.toLowerCase(), name]));

// The algorithm with its proper name: a copy that nobody changes meanwhile.
function normalize(algorithm) {
  if (typeof algorithm !== 'object' || algorithm === null) algorithm = { name: algorithm };
  else if (algorithm.name === undefined) throw missingMember('Algorithm', 'name');
  const name = properNames.get(`${algorithm.name}`.toLowerCase());
  if (name === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  return { ...algorithm, name };
}

function missingMember(dictionary, member) {
  return typeError('ERR_MISSING_OPTION', `Failed to normalize algorithm: passed algorithm cannot be converted to '${dictionary}' because '${member}' is required in '${dictionary}'.`);
}

function requireMembers(algorithm, dictionary, members) {
  for (const member of members) if (algorithm[member] === undefined) throw missingMember(dictionary, member);
}

function hashOf(algorithm) {
  const { name } = normalize(algorithm.hash);
  if (hashes[name] === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  return name;
}

function checkUsages(usages, allowed, name) {
  for (const usage of usages) if (!allowed.includes(usage)) throw failure('SyntaxError', `Unsupported key usage for ${name} key`);
}

// ---- Importing ----

function unsupportedFormat(action, name, format) {
  return failure('NotSupportedError', `Unable to ${action} ${name} using ${format} format`);
}

function checkJwk(jwk, kty, extractable, usages, use, alg) {
  if (typeof jwk !== 'object' || jwk === null || !jwk.kty) throw failure('DataError', 'Invalid keyData');
  if (jwk.kty !== kty) throw failure('DataError', 'Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw failure('DataError', 'Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined && (!Array.isArray(jwk.key_ops) || !usages.every((usage) => jwk.key_ops.includes(usage)))) {
    throw failure('DataError', 'Key operations and usage mismatch');
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable) throw failure('DataError', 'JWK "ext" Parameter and extractable mismatch');
  if (alg !== undefined && jwk.alg !== undefined && jwk.alg !== alg) throw failure('DataError', 'JWK "alg" does not match the requested algorithm');
}

function secretOf(format, data, kty, name, extractable, usages, use, alg) {
  if (format === 'raw' || format === 'raw-secret') return Buffer.from(copyOf(data));
  if (format !== 'jwk') throw unsupportedFormat('import', name, format);
  checkJwk(data, kty, extractable, usages, use);
  if (typeof data.k !== 'string') throw failure('DataError', 'Invalid keyData');
  const bytes = Buffer.from(data.k, 'base64url');
  const wanted = alg(bytes);
  if (data.alg !== undefined && wanted !== undefined && data.alg !== wanted) throw failure('DataError', 'JWK "alg" does not match the requested algorithm');
  return bytes;
}

function copyOf(data) {
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : new Uint8Array(data).slice();
}

function importSecret(format, data, algorithm, extractable, usages, facts) {
  const { name } = algorithm;
  checkUsages(usages, facts.usages, name);
  if (facts.kind === 'aes') {
    const bytes = secretOf(format, data, 'oct', name, extractable, usages, 'enc', (k) => `A${k.length * 8}${facts.suffix}`);
    if (![16, 24, 32].includes(bytes.length)) throw failure('DataError', 'Invalid key length');
    return makeKey(createSecretKey(bytes), { name, length: bytes.length * 8 }, extractable, usages);
  }
  if (facts.kind === 'hmac') {
    requireMembers(algorithm, 'HmacImportParams', ['hash']);
    const hash = hashOf(algorithm);
    const bytes = secretOf(format, data, 'oct', name, extractable, usages, 'sig', () => hashSuffixes[hash] && `HS${hashSuffixes[hash]}`);
    if (bytes.length === 0) throw failure('DataError', 'Zero-length key is not supported');
    const length = algorithm.length === undefined ? bytes.length * 8 : algorithm.length;
    if (length > bytes.length * 8 || length <= bytes.length * 8 - 8) throw failure('DataError', 'Invalid key length');
    return makeKey(createSecretKey(bytes), { name, length, hash: { name: hash } }, extractable, usages);
  }
  if (format !== 'raw' && format !== 'raw-secret') throw unsupportedFormat('import', name, format);
  if (extractable) throw failure('SyntaxError', `${name} keys are not extractable`);
  return makeKey(createSecretKey(copyOf(data)), { name }, false, usages);
}

const rsaTypes = ['rsa', 'rsa-pss'];

function keyType(facts) {
  return facts.kind === 'okp' ? facts.type : facts.kind;
}

// The KeyObject behind data in a format.
function readAsymmetric(format, data, algorithm, extractable, usages, facts) {
  const { createPublicKey, createPrivateKey } = require('internal/crypto/key_encoding');
  const { name } = algorithm;
  try {
    if (format === 'spki') return createPublicKey({ key: copyOf(data), format: 'der', type: 'spki' });
    if (format === 'pkcs8') return createPrivateKey({ key: copyOf(data), format: 'der', type: 'pkcs8' });
    if (format === 'jwk') return data.d === undefined ? createPublicKey({ key: data, format: 'jwk' }) : createPrivateKey({ key: data, format: 'jwk' });
  } catch (cause) {
    throw failure('DataError', 'Invalid keyData', cause);
  }
  const pkey = internalBinding('crypto_pkey');
  const handle = facts.kind === 'ec' ? pkey.ecKey(curves[algorithm.namedCurve], copyOf(data), undefined) : pkey.rawKey(name, false, copyOf(data));
  if (handle === undefined) throw failure('DataError', 'Invalid keyData');
  return new PublicKeyObject(handle);
}

function rsaFacts(key, algorithm, hash) {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails;
  const hex = publicExponent.toString(16);
  return { name: algorithm.name, modulusLength, publicExponent: new Uint8Array(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')), hash: { name: hash } };
}

function jwkAlg(name, facts, hash) {
  if (facts.kind !== 'rsa') return undefined;
  return name === 'RSA-OAEP' && hash === 'SHA-1' ? 'RSA-OAEP' : `${facts.jwkPrefix}${hashSuffixes[hash]}`;
}

function importAsymmetric(format, data, algorithm, extractable, usages, facts) {
  const { name } = algorithm;
  let hash;
  if (facts.kind === 'rsa') {
    requireMembers(algorithm, 'RsaHashedImportParams', ['hash']);
    hash = hashOf(algorithm);
  } else if (facts.kind === 'ec') {
    requireMembers(algorithm, 'EcKeyImportParams', ['namedCurve']);
    if (curves[algorithm.namedCurve] === undefined) throw failure('NotSupportedError', 'Unrecognized namedCurve');
  }
  const isRaw = format === 'raw' || format === 'raw-public';
  if ((isRaw && facts.kind === 'rsa') || format === 'raw-secret') throw unsupportedFormat('import', name, format);
  const isPublic = isRaw || format === 'spki' || (format === 'jwk' && data?.d === undefined);
  checkUsages(usages, isPublic ? facts.publicUsages : facts.privateUsages, name);
  if (format === 'jwk') {
    const use = facts.privateUsages.includes('sign') ? 'sig' : 'enc';
    checkJwk(data, { rsa: 'RSA', ec: 'EC', okp: 'OKP' }[facts.kind], extractable, usages, use, jwkAlg(name, facts, hash));
    if (facts.kind === 'ec' && data.crv !== algorithm.namedCurve) throw failure('DataError', 'JWK "crv" does not match the requested algorithm');
    if (facts.kind === 'okp' && data.crv !== name) throw failure('DataError', 'JWK "crv" Parameter and algorithm name mismatch');
  }
  const key = readAsymmetric(format, data, algorithm, extractable, usages, facts);
  const type = key.asymmetricKeyType;
  if (facts.kind === 'rsa' ? !rsaTypes.includes(type) : type !== keyType(facts)) throw failure('DataError', 'Invalid key type');
  if (facts.kind === 'rsa') return makeKey(key, rsaFacts(key, algorithm, hash), extractable, usages);
  if (facts.kind === 'ec') {
    if (key.asymmetricKeyDetails.namedCurve !== curves[algorithm.namedCurve]) throw failure('DataError', 'Named curve mismatch');
    return makeKey(key, { name, namedCurve: algorithm.namedCurve }, extractable, usages);
  }
  return makeKey(key, { name }, extractable, usages);
}

function importKey(format, data, algorithm, extractable, usages) {
  algorithm = normalize(algorithm);
  const facts = algorithms[algorithm.name];
  if (facts === undefined) throw failure('NotSupportedError', 'Unrecognized algorithm name');
  const key = (facts.usages ? importSecret : importAsymmetric)(format, data, algorithm, extractable, usages, facts);
  if (usages.length === 0 && key.type !== 'public') throw failure('SyntaxError', `Usages cannot be empty when importing a ${key.type} key.`);
  return key;
}

// ---- Exporting ----

const bufferOf = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);

function exportJwk(key, object, facts) {
  const { name, hash } = key.algorithm;
  const jwk = { key_ops: key.usages, ext: key.extractable };
  if (facts.kind === 'aes') jwk.alg = `A${key.algorithm.length}${facts.suffix}`;
  else if (facts.kind === 'hmac') jwk.alg = `HS${hashSuffixes[hash.name]}`;
  else if (facts.kind === 'rsa') jwk.alg = jwkAlg(name, facts, hash.name);
  else if (name === 'Ed25519' || name === 'Ed448') jwk.alg = name;
  return Object.assign(jwk, object.export({ format: 'jwk' }));
}

function exportKey(format, key) {
  const object = keyObjectOf(key), { name } = key.algorithm, facts = algorithms[name];
  if (facts.kind === 'kdf') throw failure('NotSupportedError', `${name} key export is not supported`);
  if (!key.extractable) throw failure('InvalidAccessError', 'key is not extractable');
  const refuse = () => failure('NotSupportedError', `Unable to export ${name} ${key.type} key using ${format} format`);
  if (format === 'jwk') return exportJwk(key, object, facts);
  if (key.type === 'secret') {
    if (format !== 'raw' && format !== 'raw-secret') throw refuse();
    return bufferOf(bytesOfSecret(object));
  }
  if (format === 'spki' && key.type === 'public') return bufferOf(object.export({ format: 'der', type: 'spki' }));
  if (format === 'pkcs8' && key.type === 'private') return bufferOf(object.export({ format: 'der', type: 'pkcs8' }));
  if ((format !== 'raw' && format !== 'raw-public') || key.type !== 'public' || facts.kind === 'rsa') throw refuse();
  const numbers = internalBinding('crypto_pkey').numbers(handleOf(object)).map((bytes) => Buffer.from(bytes.buffer));
  return bufferOf(facts.kind === 'ec' ? Buffer.concat([Buffer.from([4]), ...numbers]) : numbers[0]);
}

// ---- Generating ----

function generateSecret(algorithm, extractable, usages, facts) {
  const { name } = algorithm;
  checkUsages(usages, facts.usages, name);
  let length, made;
  if (facts.kind === 'aes') {
    requireMembers(algorithm, 'AesKeyGenParams', ['length']);
    ({ length } = algorithm);
    if (![128, 192, 256].includes(length)) throw failure('OperationError', 'AES key length must be 128, 192, or 256 bits');
    made = { name, length };
  } else {
    requireMembers(algorithm, 'HmacKeyGenParams', ['hash']);
    const hash = hashOf(algorithm);
    length = algorithm.length === undefined ? blockSizes[hash] : algorithm.length;
    if (length === 0) throw failure('OperationError', 'Zero-length key is not supported');
    made = { name, length, hash: { name: hash } };
  }
  if (usages.length === 0) throw failure('SyntaxError', 'Usages cannot be empty when creating a key.');
  const bytes = Buffer.alloc(Math.ceil(length / 8));
  internalBinding('crypto').random(bytes, 0, bytes.length);
  return makeKey(createSecretKey(bytes), made, extractable, usages);
}

function pairParameters(algorithm, facts) {
  const { name } = algorithm;
  if (facts.kind === 'rsa') {
    requireMembers(algorithm, 'RsaHashedKeyGenParams', ['hash', 'modulusLength', 'publicExponent']);
    const publicExponent = Number(`0x${Buffer.from(algorithm.publicExponent).toString('hex')}`);
    if (publicExponent < 3 || publicExponent % 2 === 0 || publicExponent > 0xffffffff) throw failure('OperationError', 'The operation failed for an operation-specific reason');
    return ['rsa', { modulusLength: algorithm.modulusLength, publicExponent }, hashOf(algorithm)];
  }
  if (facts.kind === 'ec') {
    requireMembers(algorithm, 'EcKeyGenParams', ['namedCurve']);
    if (curves[algorithm.namedCurve] === undefined) throw failure('NotSupportedError', 'Unrecognized namedCurve');
    return ['ec', { namedCurve: algorithm.namedCurve }];
  }
  return [facts.type, undefined, name];
}

function generatePair(algorithm, extractable, usages, facts) {
  const { name } = algorithm;
  checkUsages(usages, [...facts.publicUsages, ...facts.privateUsages], name);
  const [type, options, hash] = pairParameters(algorithm, facts);
  const privateUsages = usages.filter((usage) => facts.privateUsages.includes(usage));
  if (privateUsages.length === 0) throw failure('SyntaxError', 'Usages cannot be empty when creating a key.');
  const publicUsages = usages.filter((usage) => facts.publicUsages.includes(usage));
  return new Promise((resolve, reject) => {
    require('internal/crypto/key_encoding').generateKeyPair(type, options, (error, publicKey, privateKey) => {
      if (error) {
        reject(failure('OperationError', 'The operation failed for an operation-specific reason', error));
        return;
      }
      const made = facts.kind === 'rsa' ? rsaFacts(publicKey, algorithm, hash) : facts.kind === 'ec' ? { name, namedCurve: algorithm.namedCurve } : { name };
      resolve({ publicKey: makeKey(publicKey, made, true, publicUsages), privateKey: makeKey(privateKey, made, extractable, privateUsages) });
    });
  });
}

function generateKey(algorithm, extractable, usages) {
  algorithm = normalize(algorithm);
  const facts = algorithms[algorithm.name];
  if (facts === undefined || facts.kind === 'kdf') throw failure('NotSupportedError', 'Unrecognized algorithm name');
  return (facts.usages ? generateSecret : generatePair)(algorithm, extractable, usages, facts);
}

function toCryptoKey(key, algorithm, extractable, usages) {
  if (key.type === 'secret') return importKey('raw', bytesOfSecret(key), algorithm, extractable, usages);
  if (key.type === 'public') return importKey('spki', key.export({ format: 'der', type: 'spki' }), algorithm, extractable, usages);
  return importKey('pkcs8', key.export({ format: 'der', type: 'pkcs8' }), algorithm, extractable, usages);
}

module.exports = {
  cloned_key: function() {
    return new CryptoKey(kMake);
  },
  CryptoKey, isCryptoKey, keyObjectOf, algorithms, hashes, normalize, requireMembers, hashOf, failure, typeError, importKey, exportKey,
  generateKey, toCryptoKey, usageOrder, copyOf, isBytes, KeyObject, SecretKeyObject, PrivateKeyObject,
};
