// SPDX-License-Identifier: MIT
// X509Certificate.
'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { isView } = require('internal/crypto/util');
const { PublicKeyObject, isKeyObject, handleOf } = require('internal/crypto/keys');
const binding = internalBinding('crypto_x509');
const cloning = require('internal/clone_symbols');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const ALWAYS_CHECK_SUBJECT = 1, NO_WILDCARDS = 2, NO_PARTIAL_WILDCARDS = 4, MULTI_LABEL_WILDCARDS = 8, SINGLE_LABEL_SUBDOMAINS = 16;
const NEVER_CHECK_SUBJECT = 32;

function flagsOf(options = {}) {
  validateObject(options, 'options');
  const { subject = 'default', wildcards = true, partialWildcards = true, multiLabelWildcards = false, singleLabelSubdomains = false } = options;
  let flags = 0;
  validateString(subject, 'options.subject');
  switch (subject) {
    case 'default': break;
    case 'always': flags |= ALWAYS_CHECK_SUBJECT; break;
    case 'never': flags |= NEVER_CHECK_SUBJECT; break;
    default: throw new codes.ERR_INVALID_ARG_VALUE('options.subject', subject);
  }
  for (const [name, value, when, flag] of [
    ['wildcards', wildcards, false, NO_WILDCARDS], ['partialWildcards', partialWildcards, false, NO_PARTIAL_WILDCARDS],
    ['multiLabelWildcards', multiLabelWildcards, true, MULTI_LABEL_WILDCARDS],
    ['singleLabelSubdomains', singleLabelSubdomains, true, SINGLE_LABEL_SUBDOMAINS],
  ]) {
    validateBoolean(value, `options.${name}`);
    if (value === when) flags |= flag;
  }
  return flags;
}

function colons(bytes) {
  return Buffer.from(bytes.buffer).toString('hex').toUpperCase().replace(/..(?!$)/g, '$&:');
}

const kEmpty = {}; // for a clone

// Facts that are asked for again are made once.
class X509Certificate {
  #handle;
  #facts = new Map();
  constructor(buffer) {
    if (buffer === kEmpty) return;
    if (typeof buffer === 'string') buffer = Buffer.from(buffer);
    if (!isView(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    this.#handle = binding.parse(buffer);
  }
  [cloning.clone]() {
    return { data: this.raw, deserializeInfo: 'internal/crypto/x509:cloned_certificate' };
  }
  [cloning.deserialize](raw) {
    this.#handle = binding.parse(raw);
  }
  #fact(name, make) {
    if (!this.#facts.has(name)) this.#facts.set(name, make(this.#handle));
    return this.#facts.get(name);
  }
  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const facts = {};
    for (const name of [
      'subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate', 'fingerprint', 'fingerprint256',
      'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm', 'signatureAlgorithmOid',
    ]) facts[name] = this[name];
    return `X509Certificate ${inspect(facts, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  get subject() {
    return this.#fact('subject', binding.subject);
  }
  get subjectAltName() {
    return this.#fact('altName', binding.altName);
  }
  get issuer() {
    return this.#fact('issuer', binding.issuer);
  }
  get issuerCertificate() {
    return undefined; // known of connections only
  }
  get infoAccess() {
    return this.#fact('infoAccess', binding.infoAccess);
  }
  get validFrom() {
    return this.#fact('validFrom', binding.validFrom);
  }
  get validTo() {
    return this.#fact('validTo', binding.validTo);
  }
  get validFromDate() {
    return new Date(this.validFrom);
  }
  get validToDate() {
    return new Date(this.validTo);
  }
  get fingerprint() {
    return this.#fact('sha1', (handle) => colons(binding.fingerprint(handle, 'sha1')));
  }
  get fingerprint256() {
    return this.#fact('sha256', (handle) => colons(binding.fingerprint(handle, 'sha256')));
  }
  get fingerprint512() {
    return this.#fact('sha512', (handle) => colons(binding.fingerprint(handle, 'sha512')));
  }
  get keyUsage() {
    return this.#fact('usage', binding.usage);
  }
  get serialNumber() {
    return this.#fact('serial', binding.serial);
  }
  get signatureAlgorithm() {
    return this.#fact('signature', binding.signature)[0];
  }
  get signatureAlgorithmOid() {
    return this.#fact('signature', binding.signature)[1];
  }
  get raw() {
    return this.#fact('raw', (handle) => Buffer.from(binding.raw(handle).buffer));
  }
  get publicKey() {
    return this.#fact('publicKey', (handle) => new PublicKeyObject(binding.publicKey(handle)));
  }
  toString() {
    return this.#fact('pem', binding.pem);
  }
  toJSON() {
    return this.toString();
  }
  get ca() {
    return this.#fact('ca', binding.ca);
  }
  #check(which, name, options) {
    validateString(name, which === 'checkHost' ? 'name' : which === 'checkEmail' ? 'email' : 'ip');
    const found = binding[which](this.#handle, name, which === 'checkIP' ? 0 : flagsOf(options));
    if (found === null) throw Object.assign(new TypeError('Invalid name'), { code: 'ERR_INVALID_ARG_VALUE' });
    return found;
  }
  checkHost(name, options) {
    return this.#check('checkHost', name, options);
  }
  checkEmail(email, options) {
    return this.#check('checkEmail', email, options);
  }
  checkIP(ip, options) {
    return this.#check('checkIP', ip, options);
  }
  checkIssued(otherCert) {
    if (typeof otherCert !== 'object' || otherCert === null || !(#handle in otherCert)) {
      throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    }
    return binding.checkIssued(this.#handle, otherCert.#handle);
  }
  checkPrivateKey(pkey) {
    return binding.checkPrivateKey(this.#handle, keyOf(pkey, 'private'));
  }
  verify(pkey) {
    return binding.verify(this.#handle, keyOf(pkey, 'public'));
  }
  toLegacyObject() {
    return legacyObject(this, this.#handle);
  }
}

function keyOf(pkey, type) {
  if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
  if (pkey.type !== type) throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
  return handleOf(pkey);
}

// ---- As an object of tls ----

function add(object, name, value) {
  if (object[name] === undefined) object[name] = value;
  else if (Array.isArray(object[name])) object[name].push(value);
  else object[name] = [object[name], value];
}

function nameObject(parts) {
  const object = { __proto__: null };
  for (let i = 0; i < parts.length; i += 2) add(object, parts[i], parts[i + 1]);
  return object;
}

function accessObject(text) {
  if (text === undefined) return undefined;
  const object = { __proto__: null };
  for (const line of text.split('\n')) {
    const [, key, value] = /^(.*? - [^:]*):(.*)$/.exec(line) ?? [];
    if (key !== undefined) (object[key] ??= []).push(value);
  }
  return object;
}

function legacyObject(certificate, handle) {
  const { publicKey } = certificate;
  const object = {
    subject: nameObject(binding.nameParts(handle, false)), issuer: nameObject(binding.nameParts(handle, true)),
    subjectaltname: certificate.subjectAltName, infoAccess: accessObject(certificate.infoAccess), ca: certificate.ca,
    modulus: undefined, exponent: undefined, pubkey: undefined, bits: undefined,
    valid_from: certificate.validFrom, valid_to: certificate.validTo, fingerprint: certificate.fingerprint,
    fingerprint256: certificate.fingerprint256, fingerprint512: certificate.fingerprint512, ext_key_usage: certificate.keyUsage,
    serialNumber: certificate.serialNumber, raw: certificate.raw,
  };
  let asn1Curve, nistCurve;
  const { numbers, details } = internalBinding('crypto_pkey');
  if (publicKey.asymmetricKeyType === 'rsa') {
    const [n, e] = numbers(handleOf(publicKey)).map((bytes) => Buffer.from(bytes.buffer).toString('hex'));
    object.modulus = n.toUpperCase();
    object.exponent = `0x${e.replace(/^0+/, '')}`;
    object.bits = publicKey.asymmetricKeyDetails.modulusLength;
    object.pubkey = publicKey.export({ type: 'spki', format: 'der' });
  } else if (publicKey.asymmetricKeyType === 'ec') {
    const [x, y] = numbers(handleOf(publicKey)).map((bytes) => Buffer.from(bytes.buffer));
    const curve = details(handleOf(publicKey))[6];
    object.pubkey = Buffer.concat([Buffer.from([4]), x, y]);
    object.bits = { prime256v1: 256, secp384r1: 384, secp521r1: 521, secp256k1: 256 }[curve] ?? x.length * 8;
    asn1Curve = curve;
    nistCurve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[curve];
  }
  object.asn1Curve = asn1Curve;
  object.nistCurve = nistCurve;
  return object;
}

module.exports = {
  X509Certificate,
  cloned_certificate: function() {
    return new X509Certificate(kEmpty);
  },
};
