// SPDX-License-Identifier: MIT
// DiffieHellman, DiffieHellmanGroup, ECDH.
'use strict';

const { codes } = require('internal/errors');
const { validateInt32, validateString } = require('internal/validators');
const { isBytes, bytesOf, encoded, callable, warnOnce } = require('internal/crypto/util');
const binding = internalBinding('crypto_dh');

const kHandle = Symbol('kHandle');

function define(prototype, methods) {
  for (const name of Object.keys(methods)) {
    Object.defineProperty(prototype, name, { value: methods[name], writable: true, configurable: true, enumerable: true });
  }
}

// ---- DiffieHellman ----

const sizeTypes = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

// A number's bytes, big end first.
function bytesOfInt(n) {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(n);
  return buffer;
}

function badGenerator() {
  return Object.assign(new Error('error:02800065:Diffie-Hellman routines::bad generator'), {
    library: 'Diffie-Hellman routines', reason: 'bad generator', code: 'ERR_OSSL_DH_BAD_GENERATOR',
  });
}

function tooSmall() {
  return Object.assign(new Error('error:0280007E:Diffie-Hellman routines::modulus too small'), {
    library: 'Diffie-Hellman routines', reason: 'modulus too small', code: 'ERR_OSSL_DH_MODULUS_TOO_SMALL',
  });
}

function DiffieHellmanBase(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !isBytes(sizeOrKey)) {
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', sizeTypes, sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  // The encoding may be left out.
  if (keyEncoding && keyEncoding !== 'buffer' && !Buffer.isEncoding(keyEncoding)) {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = undefined;
  }
  if (typeof sizeOrKey === 'string') sizeOrKey = Buffer.from(sizeOrKey, keyEncoding);
  if (!generator) generator = 2;
  else if (typeof generator === 'string') generator = Buffer.from(generator, genEncoding);
  else if (typeof generator !== 'number' && !isBytes(generator)) throw new codes.ERR_INVALID_ARG_TYPE('generator', sizeTypes, generator);
  if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
    if (generator < 2) throw badGenerator();
  }
  if (typeof sizeOrKey === 'number') {
    if (sizeOrKey < 2) throw tooSmall();
    const small = typeof generator === 'number' ? generator : Buffer.from(generator).readUIntBE(0, Math.min(4, generator.byteLength));
    this[kHandle] = binding.dhOfLength(sizeOrKey, small);
  } else {
    this[kHandle] = binding.dh(sizeOrKey, typeof generator === 'number' ? bytesOfInt(generator) : generator);
  }
  Object.defineProperty(this, 'verifyError', { enumerable: true, value: binding.verifyError(this[kHandle]), writable: false });
}

const shared = {
  generateKeys(encoding) {
    return encoded(binding.generate(this[kHandle]), encoding);
  },
  computeSecret(key, inEnc, outEnc) {
    return encoded(binding.secret(this[kHandle], bytesOf(key, 'key', inEnc)), outEnc);
  },
  getPrime(encoding) {
    return encoded(binding.prime(this[kHandle]), encoding);
  },
  getGenerator(encoding) {
    return encoded(binding.generator(this[kHandle]), encoding);
  },
  getPublicKey(encoding) {
    return encoded(binding.publicKey(this[kHandle]), encoding);
  },
  getPrivateKey(encoding) {
    return encoded(binding.privateKey(this[kHandle]), encoding);
  },
};
define(DiffieHellmanBase.prototype, {
  ...shared,
  setPublicKey(key, encoding) {
    binding.setPublic(this[kHandle], bytesOf(key, 'key', encoding));
    return this;
  },
  setPrivateKey(key, encoding) {
    binding.setPrivate(this[kHandle], bytesOf(key, 'key', encoding));
    return this;
  },
});
const DiffieHellman = callable('DiffieHellman', (...args) => new DiffieHellmanBase(...args), DiffieHellmanBase);

function GroupBase(name) {
  validateString(name, 'name');
  this[kHandle] = binding.group(name.toLowerCase());
  if (this[kHandle] === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
  Object.defineProperty(this, 'verifyError', { enumerable: true, value: binding.verifyError(this[kHandle]), writable: false });
}
define(GroupBase.prototype, shared);
const DiffieHellmanGroup = callable('DiffieHellmanGroup', (...args) => new GroupBase(...args), GroupBase);

// ---- ECDH ----

const forms = { __proto__: null, compressed: 2, uncompressed: 4, hybrid: 6 };

function formOf(format) {
  if (!format) return forms.uncompressed;
  const form = forms[format];
  if (form === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  return form;
}

function ECDHBase(curve) {
  validateString(curve, 'curve');
  this[kHandle] = binding.ecdh(curve);
}
define(ECDHBase.prototype, {
  computeSecret: function computeSecret(key, inEnc, outEnc) {
    return encoded(binding.ecSecret(this[kHandle], bytesOf(key, 'key', inEnc)), outEnc);
  },
  setPrivateKey(key, encoding) {
    binding.ecSetPrivate(this[kHandle], bytesOf(key, 'key', encoding));
    return this;
  },
  setPublicKey(key, encoding) {
    warnOnce('DEP0031', 'ecdh.setPublicKey() is deprecated.');
    binding.ecSetPublic(this[kHandle], bytesOf(key, 'key', encoding));
    return this;
  },
  getPrivateKey(encoding) {
    return encoded(binding.ecPrivate(this[kHandle]), encoding);
  },
  generateKeys(encoding, format) {
    binding.ecGenerate(this[kHandle]);
    return this.getPublicKey(encoding, format);
  },
  getPublicKey(encoding, format) {
    return encoded(binding.ecPublic(this[kHandle], formOf(format)), encoding);
  },
});
const ECDH = callable('ECDH', (...args) => new ECDHBase(...args), ECDHBase);
ECDH.convertKey = function convertKey(key, curve, inEnc, outEnc, format) {
  validateString(curve, 'curve');
  return encoded(binding.ecConvert(bytesOf(key, 'key', inEnc), curve, formOf(format)), outEnc);
};

const createDiffieHellmanGroup = (name) => new GroupBase(name);

module.exports = {
  DiffieHellman, DiffieHellmanGroup, ECDH,
  createDiffieHellman: (...args) => new DiffieHellmanBase(...args),
  createDiffieHellmanGroup, getDiffieHellman: createDiffieHellmanGroup,
  createECDH: (curve) => new ECDHBase(curve),
};
