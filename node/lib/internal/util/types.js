// SPDX-License-Identifier: MIT
// util.types: questions about the kind of an object that no script can fake. The answers come from the engine.
'use strict';

const binding = internalBinding('util').types();
const types = {};
for (const name of Object.keys(binding)) {
  if (!name.endsWith('Array') && name !== 'isArrayBufferView') types[name] = binding[name];
}
Object.assign(types, {
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: binding.isTypedArray,
  isUint8Array: binding.isUint8Array,
  isUint8ClampedArray: binding.isUint8ClampedArray,
  isUint16Array: binding.isUint16Array,
  isUint32Array: binding.isUint32Array,
  isInt8Array: binding.isInt8Array,
  isInt16Array: binding.isInt16Array,
  isInt32Array: binding.isInt32Array,
  isFloat16Array: binding.isFloat16Array,
  isFloat32Array: binding.isFloat32Array,
  isFloat64Array: binding.isFloat64Array,
  isBigInt64Array: binding.isBigInt64Array,
  isBigUint64Array: binding.isBigUint64Array,
});
Object.defineProperties(types, {
  isKeyObject: { value: (value) => keyKind(value, 'KeyObject'), configurable: false, enumerable: true },
  isCryptoKey: { value: (value) => keyKind(value, 'CryptoKey'), configurable: false, enumerable: true },
});

// Whoever has no such tag has not loaded the modules of keys either.
function keyKind(value, name) {
  if (typeof value !== 'object' || value === null || Object.prototype.toString.call(value) !== `[object ${name}]`) return false;
  return name === 'KeyObject' ? require('internal/crypto/keys').isKeyObject(value) : require('internal/crypto/webcrypto_keys').isCryptoKey(value);
}

module.exports = types;
