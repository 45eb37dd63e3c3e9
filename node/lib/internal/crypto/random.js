// SPDX-License-Identifier: MIT
// Random bytes, numbers, UUIDs; timingSafeEqual. Small amounts come from a store that is filled in one go.
'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { isBytes } = require('internal/crypto/util');
const binding = internalBinding('crypto');

const MAX_SIZE = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;

function validateSize(size, name, max) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size < 0 || size > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, size);
  return size >>> 0;
}

function randomBytes(size, callback) {
  size = validateSize(size, 'size', MAX_SIZE);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.allocUnsafeSlow(size);
  if (callback === undefined) {
    binding.random(bytes, 0, size);
    return bytes;
  }
  binding.randomLater((error) => {
    if (error) callback(error);
    else callback(null, bytes);
  }, bytes, 0, size);
  return undefined;
}

function validateTarget(buffer) {
  if (!isBytes(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
}

// The part of the buffer in bytes; offset and size count elements.
function part(buffer, offset, size) {
  const width = buffer.BYTES_PER_ELEMENT || 1;
  const length = buffer.byteLength / width;
  offset = validateSize(offset, 'offset', Math.min(length, MAX_SIZE));
  if (size === undefined) size = length - offset;
  else size = validateSize(size, 'size', MAX_SIZE);
  if (offset + size > length) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return [offset * width, size * width];
}

function randomFillSync(buffer, offset = 0, size) {
  validateTarget(buffer);
  const [from, count] = part(buffer, offset, size);
  binding.random(buffer, from, count);
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  validateTarget(buffer);
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  const [from, count] = part(buffer, offset, size);
  binding.randomLater((error) => {
    if (error) callback(error);
    else callback(null, buffer);
  }, buffer, from, count);
}

// ---- Numbers ----

const STORE = 6 * 1024;
let store, storeAt = STORE;

function nextNumber() {
  if (storeAt === STORE) {
    store ??= new Uint8Array(STORE);
    binding.random(store, 0, STORE);
    storeAt = 0;
  }
  const at = storeAt;
  storeAt += 6;
  return (store[at] * 256 + store[at + 1]) * 4294967296 + ((store[at + 2] << 24 | store[at + 3] << 16 | store[at + 4] << 8 | store[at + 5]) >>> 0);
}

// Every number below `range` equally often: what lies above its last multiple is drawn again.
function randomBelow(range) {
  const limit = 2 ** 48 - (2 ** 48 % range);
  for (;;) {
    const n = nextNumber();
    if (n < limit) return n % range;
  }
}

function validateSafe(value, name) {
  if (!Number.isSafeInteger(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'a safe integer', value);
}

function randomInt(min, max, callback) {
  const isOne = max === undefined || typeof max === 'function';
  if (isOne) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  validateSafe(min, 'min');
  validateSafe(max, 'max');
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= MAX_RANGE)) throw new codes.ERR_OUT_OF_RANGE('max - min', `<= ${MAX_RANGE}`, range);
  const n = min + randomBelow(range);
  if (callback === undefined) return n;
  process.nextTick(callback, undefined, n);
  return undefined;
}

// ---- UUIDs ----

const UUIDS = 128;
let uuidBytes, uuidNext = UUIDS;

function uuidOffset(options) {
  let fresh = false;
  if (options !== undefined) {
    validateObject(options, 'options');
    const { disableEntropyCache } = options;
    if (disableEntropyCache !== undefined) validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
    fresh = disableEntropyCache === true;
  }
  uuidBytes ??= new Uint8Array(16 * (UUIDS + 1));
  if (fresh) {
    binding.random(uuidBytes, 16 * UUIDS, 16);
    return 16 * UUIDS;
  }
  if (uuidNext === UUIDS) {
    binding.random(uuidBytes, 0, 16 * UUIDS);
    uuidNext = 0;
  }
  return 16 * uuidNext++;
}

function randomUUID(options) {
  const offset = uuidOffset(options);
  return binding.uuid(uuidBytes, offset);
}

// Version 7: milliseconds since 1970 first.
function randomUUIDv7(options) {
  const offset = uuidOffset(options);
  let ms = Date.now();
  for (let i = 5; i >= 0; i--) {
    uuidBytes[offset + i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  uuidBytes[offset + 6] = (uuidBytes[offset + 6] & 0x0f) | 0x70;
  return binding.uuidOf(uuidBytes, offset);
}

function getRandomValues(array) {
  const types = require('internal/util/types');
  if (!types.isTypedArray(array) || types.isFloat32Array(array) || types.isFloat64Array(array) || types.isFloat16Array?.(array)) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw new QuotaExceededError('The requested length exceeds 65,536 bytes', { quota: 65536, requested: array.byteLength });
  }
  binding.random(array, 0, array.byteLength);
  return array;
}

// ---- Comparing ----

function timingSafeEqual(buf1, buf2) {
  for (const [name, value] of [['buf1', buf1], ['buf2', buf2]]) {
    if (isBytes(value)) continue;
    const error = new TypeError(`The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (buf1.byteLength !== buf2.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return binding.equal(buf1, buf2);
}

module.exports = {
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, getRandomValues, timingSafeEqual,
};
