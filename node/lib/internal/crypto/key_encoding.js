// SPDX-License-Identifier: MIT
// Asymmetric keys from and to PEM, DER and JWK; createPublicKey, createPrivateKey, generateKeyPair.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateInt32, validateObject, validateString, validateUint32 } = require('internal/validators');
const { isBytes } = require('internal/crypto/util');
const { PublicKeyObject, PrivateKeyObject, handleOf } = require('internal/crypto/keys');
const pkey = internalBinding('crypto_pkey');

const DER = 0, PEM = 1;
const PKCS1 = 0, PKCS8 = 1, SPKI = 2, SEC1 = 3;
const types = { __proto__: null, pkcs1: PKCS1, pkcs8: PKCS8, spki: SPKI, sec1: SEC1 };

// What a key is wanted for.
const CONSUME_PUBLIC = 0, CONSUME_PRIVATE = 1, CREATE_PUBLIC = 2, CREATE_PRIVATE = 3;

const isData = (value) => typeof value === 'string' || isBytes(value);

// ---- Options of an encoding ----

const optionName = (prefix, name) => (prefix === undefined ? name : `${prefix}.${name}`);

function formatOf(format, otherwise, name) {
  if (format === undefined && otherwise !== undefined) return otherwise;
  if (format === 'pem') return PEM;
  if (format === 'der') return DER;
  if (format === 'jwk') return 'jwk';
  throw new codes.ERR_INVALID_ARG_VALUE(name, format);
}

function typeOf(type, needed, keyType, isPublic, name) {
  if (type === undefined && !needed) return keyType === undefined && isPublic === undefined ? undefined : isPublic ? SPKI : undefined;
  const known = types[type];
  const fits = known !== undefined && (isPublic === undefined ? true : isPublic ? known === PKCS1 || known === SPKI : known !== SPKI);
  if (typeof type !== 'string' || !fits) throw new codes.ERR_INVALID_ARG_VALUE(name, type);
  if (known === PKCS1 && keyType !== undefined && keyType !== 'rsa') {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for RSA keys');
  }
  if (known === SEC1 && keyType !== undefined && keyType !== 'ec') {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for EC keys');
  }
  return known;
}

// { format, type, cipher, passphrase } of a key that is written.
function outputEncoding(options, keyType, isPublic, prefix) {
  const format = formatOf(options.format, undefined, optionName(prefix, 'format'));
  if (format === 'jwk') {
    if (!isPublic && (options.cipher || options.passphrase)) {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
    }
    return { format };
  }
  const type = typeOf(options.type, true, keyType, isPublic, optionName(prefix, 'type'));
  if (isPublic) return { format, type };
  const { cipher, passphrase } = options;
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined) throw new codes.ERR_INVALID_ARG_VALUE(optionName(prefix, 'cipher'), cipher);
    return { format, type };
  }
  if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(optionName(prefix, 'cipher'), cipher);
  if (format === DER && (type === PKCS1 || type === SEC1)) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(options.type, 'does not support encryption');
  }
  if (!isData(passphrase)) throw new codes.ERR_INVALID_ARG_VALUE(optionName(prefix, 'passphrase'), passphrase);
  return { format, type, cipher, passphrase: typeof passphrase === 'string' ? Buffer.from(passphrase, options.encoding) : passphrase };
}

function write(handle, isPrivate, { format, type, cipher, passphrase }) {
  if (format === 'jwk') return jwkOf(handle, isPrivate);
  const bytes = pkey.serialize(handle, isPrivate, format, type, cipher, passphrase);
  if (bytes === null) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
  const buffer = Buffer.from(bytes.buffer);
  return format === PEM ? buffer.toString() : buffer;
}

function exportPublic(key, options) {
  validateObject(options, 'options');
  return write(handleOf(key), false, outputEncoding(options, key.asymmetricKeyType, true, 'options'));
}

function exportPrivate(key, options) {
  validateObject(options, 'options');
  return write(handleOf(key), true, outputEncoding(options, key.asymmetricKeyType, false, 'options'));
}

// ---- JWK ----

const curveNames = { __proto__: null, 'prime256v1': 'P-256', 'secp256k1': 'secp256k1', 'secp384r1': 'P-384', 'secp521r1': 'P-521' };
const curveSizes = { __proto__: null, 'P-256': 32, 'secp256k1': 32, 'P-384': 48, 'P-521': 66 };
const rawNames = { __proto__: null, ed25519: 'Ed25519', ed448: 'Ed448', x25519: 'X25519', x448: 'X448' };

function jwkOf(handle, isPrivate) {
  const type = pkey.type(handle);
  const text = (bytes) => Buffer.from(bytes.buffer).toString('base64url');
  if (type === 'rsa') {
    const numbers = pkey.numbers(handle).map(text);
    const jwk = { kty: 'RSA' };
    ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].slice(0, isPrivate ? 8 : 2).forEach((name, i) => (jwk[name] = numbers[i]));
    return jwk;
  }
  if (type === 'ec') {
    const curve = pkey.details(handle)[6];
    const crv = curveNames[curve];
    if (crv === undefined) throw new codes.ERR_CRYPTO_JWK_UNSUPPORTED_CURVE(curve);
    const [x, y, d] = pkey.numbers(handle).map(text);
    return isPrivate ? { kty: 'EC', x, y, crv, d } : { kty: 'EC', x, y, crv };
  }
  if (rawNames[type] !== undefined) {
    const [x, d] = pkey.numbers(handle).map(text);
    return isPrivate ? { kty: 'OKP', crv: rawNames[type], x, d } : { kty: 'OKP', crv: rawNames[type], x };
  }
  throw new codes.ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
}

function member(jwk, name, kind) {
  const value = jwk[name];
  if (typeof value !== 'string') throw new codes.ERR_CRYPTO_INVALID_JWK(`Invalid JWK ${kind} key`);
  return Buffer.from(value, 'base64url');
}

function handleOfJwk(jwk, wantsPrivate) {
  const { kty } = jwk;
  if (kty === undefined || typeof kty !== 'string') throw new codes.ERR_CRYPTO_INVALID_JWK('Invalid JWK format');
  const isPrivate = wantsPrivate || typeof jwk.d === 'string';
  let handle;
  switch (kty) {
    case 'RSA': {
      const numbers = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].slice(0, isPrivate ? 8 : 2).map((name) => member(jwk, name, 'RSA'));
      handle = pkey.rsaKey(isPrivate, ...numbers);
      break;
    }
    case 'EC': {
      if (typeof jwk.crv !== 'string' || typeof jwk.x !== 'string' || typeof jwk.y !== 'string') {
        throw new codes.ERR_CRYPTO_INVALID_JWK('Invalid JWK EC key');
      }
      const size = curveSizes[jwk.crv];
      if (size === undefined) throw new codes.ERR_CRYPTO_INVALID_CURVE();
      const x = member(jwk, 'x', 'EC'), y = member(jwk, 'y', 'EC');
      if (x.length > size || y.length > size) throw new codes.ERR_CRYPTO_INVALID_JWK('Invalid JWK EC key');
      const point = Buffer.alloc(1 + 2 * size);
      point[0] = 4;
      point.set(x, 1 + size - x.length);
      point.set(y, 1 + 2 * size - y.length);
      handle = pkey.ecKey(pkey.curve(jwk.crv), point, isPrivate ? member(jwk, 'd', 'EC') : undefined);
      break;
    }
    case 'OKP': {
      const { crv } = jwk;
      if (!Object.values(rawNames).includes(crv)) throw new codes.ERR_CRYPTO_INVALID_JWK(`Unsupported JWK OKP curve: ${crv}`);
      const bytes = member(jwk, isPrivate ? 'd' : 'x', 'OKP');
      member(jwk, 'x', 'OKP');
      handle = pkey.rawKey(crv, isPrivate, bytes);
      break;
    }
    default:
      throw new codes.ERR_CRYPTO_INVALID_JWK(`${kty} is not a supported JWK key type`);
  }
  if (handle === undefined) throw new codes.ERR_CRYPTO_INVALID_JWK(`Invalid JWK ${kty} key`);
  return wantsPrivate || !isPrivate ? handle : pkey.publicOf(handle);
}

// ---- Arguments that are keys ----

function keyTypes(allowsObjects) {
  const names = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  return allowsObjects ? [...names, 'KeyObject', 'CryptoKey'] : [...names, 'URL'];
}

function handleFromObject(key, handle, wanted) {
  if (wanted === CREATE_PRIVATE) throw new codes.ERR_INVALID_ARG_TYPE('key', keyTypes(false), key);
  if (key.type !== 'private') {
    if (wanted === CONSUME_PRIVATE || wanted === CREATE_PUBLIC) throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
    if (key.type !== 'public') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
  }
  return handle;
}

function parse(data, wantsPrivate, format, type, passphrase) {
  return pkey.parse(wantsPrivate, data, format, type ?? PKCS8, passphrase);
}

// The handle of a key: a KeyObject, PEM, or an object { key, format, type, passphrase, encoding }.
function keyHandle(key, wanted) {
  const wantsPrivate = wanted === CONSUME_PRIVATE || wanted === CREATE_PRIVATE;
  const own = handleOf(key);
  if (own !== undefined) return handleFromObject(key, own, wanted);
  if (isData(key)) return parse(key, wantsPrivate, PEM);
  if (typeof key !== 'object' || key === null) throw new codes.ERR_INVALID_ARG_TYPE('key', keyTypes(wanted !== CREATE_PRIVATE), key);
  const { key: data, encoding, format } = key;
  const inner = handleOf(data);
  if (inner !== undefined) return handleFromObject(data, inner, wanted);
  if (format === 'jwk') {
    validateObject(data, 'key.key');
    return handleOfJwk(data, wantsPrivate);
  }
  if (!isData(data)) {
    if (own === undefined && data === undefined && !('key' in key)) throw new codes.ERR_INVALID_ARG_TYPE('key', keyTypes(wanted !== CREATE_PRIVATE), key);
    throw new codes.ERR_INVALID_ARG_TYPE('key.key', keyTypes(wanted !== CREATE_PRIVATE), data);
  }
  const encodingFormat = formatOf(format, PEM, 'key.format');
  const isPublic = wantsPrivate ? false : wanted === CONSUME_PUBLIC || wanted === CREATE_PUBLIC ? undefined : true;
  const type = typeOf(key.type, encodingFormat === DER, undefined, isPublic, 'key.type');
  let { passphrase } = key;
  if (passphrase !== undefined && passphrase !== null) {
    if (!isData(passphrase)) throw new codes.ERR_INVALID_ARG_VALUE('key.passphrase', passphrase);
    if (typeof passphrase === 'string') passphrase = Buffer.from(passphrase, encoding);
  }
  return parse(typeof data === 'string' ? Buffer.from(data, encoding) : data, wantsPrivate, encodingFormat, type, passphrase);
}

function createPublicKey(key) {
  const handle = keyHandle(key, CREATE_PUBLIC);
  return new PublicKeyObject(pkey.publicOf(handle));
}

function createPrivateKey(key) {
  return new PrivateKeyObject(keyHandle(key, CREATE_PRIVATE));
}

// ---- generateKeyPair ----

function numberOption(options, name, validate = validateUint32) {
  validate(options[name], `options.${name}`);
  return options[name];
}

function bytesOfNumber(n) {
  const hex = n.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

function rsaParameters(type, options) {
  validateObject(options, 'options');
  const modulusLength = numberOption(options, 'modulusLength');
  let { publicExponent } = options;
  if (publicExponent === undefined || publicExponent === null) publicExponent = 0x10001;
  else validateUint32(publicExponent, 'options.publicExponent');
  const parameters = ['bits', modulusLength, 'e', bytesOfNumber(publicExponent)];
  if (type === 'rsa') return ['RSA', parameters];
  const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  for (const name of ['hashAlgorithm', 'mgf1HashAlgorithm']) {
    if (options[name] === undefined) continue;
    validateString(options[name], `options.${name}`);
    if (require('internal/crypto/hash').findAlgorithm(options[name]) === null) throw new codes.ERR_CRYPTO_INVALID_DIGEST(options[name]);
  }
  if (hashAlgorithm !== undefined) parameters.push('digest', hashAlgorithm);
  if (mgf1HashAlgorithm !== undefined || hashAlgorithm !== undefined) parameters.push('mgf1-digest', mgf1HashAlgorithm ?? hashAlgorithm);
  if (saltLength !== undefined) parameters.push('saltlen', saltLength);
  return ['RSA-PSS', parameters];
}

function dsaParameters(options) {
  validateObject(options, 'options');
  const domain = ['pbits', numberOption(options, 'modulusLength')];
  if (options.divisorLength !== undefined && options.divisorLength !== null) {
    domain.push('qbits', numberOption(options, 'divisorLength', (v, name) => validateInt32(v, name, 0)));
  }
  return ['DSA', [], domain];
}

function ecParameters(options) {
  validateObject(options, 'options');
  const { namedCurve, paramEncoding } = options;
  validateString(namedCurve, 'options.namedCurve');
  if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named' && paramEncoding !== 'explicit') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  const curve = pkey.curve(namedCurve);
  if (curve === undefined) throw new codes.ERR_CRYPTO_INVALID_CURVE();
  return ['EC', ['group', curve, 'encoding', paramEncoding === 'explicit' ? 'explicit' : 'named_curve']];
}

const groups = { modp5: 'modp_1536', modp14: 'modp_2048', modp15: 'modp_3072', modp16: 'modp_4096', modp17: 'modp_6144', modp18: 'modp_8192' };

function dhParameters(options) {
  validateObject(options, 'options');
  const { group, prime, primeLength, generator } = options;
  if (group !== undefined && group !== null) {
    if (prime !== undefined && prime !== null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'prime');
    if (primeLength !== undefined && primeLength !== null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'primeLength');
    if (generator !== undefined && generator !== null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'generator');
    validateString(group, 'options.group');
    const name = groups[group.toLowerCase()];
    if (name === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
    return ['DH', ['group', name]];
  }
  if (primeLength !== undefined && primeLength !== null) {
    if (prime !== undefined && prime !== null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
    validateInt32(primeLength, 'options.primeLength', 0);
    if (generator !== undefined && generator !== null) validateInt32(generator, 'options.generator', 0);
    return ['DH', [], ['pbits', primeLength, 'safeprime-generator', generator ?? 2, 'type', 'generator']];
  }
  throw Object.assign(new TypeError('At least one of the group, prime, or primeLength options is required'), { code: 'ERR_MISSING_OPTION' });
}

function keyParameters(type, options) {
  switch (type) {
    case 'rsa': case 'rsa-pss': return rsaParameters(type, options);
    case 'dsa': return dsaParameters(options);
    case 'ec': return ecParameters(options);
    case 'dh': return dhParameters(options);
    case 'ed25519': case 'ed448': case 'x25519': case 'x448':
      if (options !== undefined) validateObject(options, 'options');
      return [rawNames[type].toUpperCase(), []];
    default: throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
}

function pairEncoding(type, options, name, isPublic) {
  const encoding = options?.[name];
  if (encoding === undefined || encoding === null) return undefined;
  if (typeof encoding !== 'object') throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  return outputEncoding(encoding, type, isPublic, `options.${name}`);
}

function startPair(type, options) {
  validateString(type, 'type');
  if (options !== undefined) validateObject(options, 'options');
  const publicEncoding = pairEncoding(type, options, 'publicKeyEncoding', true);
  const privateEncoding = pairEncoding(type, options, 'privateKeyEncoding', false);
  const parameters = keyParameters(type, options);
  return {
    parameters,
    finish: ([publicHandle, privateHandle]) => ({
      publicKey: publicEncoding ? write(publicHandle, false, publicEncoding) : new PublicKeyObject(publicHandle),
      privateKey: privateEncoding ? write(privateHandle, true, privateEncoding) : new PrivateKeyObject(privateHandle),
    }),
  };
}

function generateKeyPairSync(type, options) {
  const { parameters, finish } = startPair(type, options);
  return finish(pkey.generate(undefined, ...parameters));
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const { parameters, finish } = startPair(type, options);
  pkey.generate((error, handles) => {
    let pair;
    if (!error) {
      try {
        pair = finish(handles);
      } catch (failure) {
        error = failure;
      }
    }
    if (error) callback(error);
    else callback(null, pair.publicKey, pair.privateKey);
  }, ...parameters);
}
Object.defineProperty(generateKeyPair, require('internal/util/promisify').customPromisifyArgs, {
  value: ['publicKey', 'privateKey'], enumerable: false,
});

const getCurves = () => pkey.curves().sort();

module.exports = {
  createPublicKey, createPrivateKey, generateKeyPair, generateKeyPairSync, getCurves, exportPublic, exportPrivate, keyHandle,
  CONSUME_PUBLIC, CONSUME_PRIVATE,
};
