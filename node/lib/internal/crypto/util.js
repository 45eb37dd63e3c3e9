// SPDX-License-Identifier: MIT
// What the parts of crypto share: bytes from arguments, results in encodings, options.
'use strict';

const { codes } = require('internal/errors');

const isView = ArrayBuffer.isView;

function isAnyArrayBuffer(value) {
  return value instanceof ArrayBuffer || require('internal/util/types').isAnyArrayBuffer(value);
}

const isBytes = (value) => isView(value) || isAnyArrayBuffer(value);

// Text in an encoding, for the binding: UTF-8 is made there.
function textOf(text, encoding) {
  switch (encoding) {
    case undefined: case null: case '': case 'utf8': case 'utf-8': case 'buffer': return text;
    default: return Buffer.from(text, encoding);
  }
}

// A string or a view: what update() takes.
function dataOf(data, encoding, name = 'data') {
  if (typeof data === 'string') return textOf(data, encoding);
  if (!isView(data)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  return data;
}

// A string, a view or a buffer.
function bytesOf(value, name, encoding) {
  if (typeof value === 'string') return textOf(value, encoding);
  if (!isBytes(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
  }
  return value;
}

const { decode } = internalBinding('buffer');
const decoded = { __proto__: null, hex: 5, base64: 4, base64url: 6, latin1: 2, binary: 2 }; // its numbers

// The Uint8Array or ArrayBuffer of a binding, as a Buffer or a string.
function encoded(bytes, encoding) {
  const number = decoded[encoding];
  if (number !== undefined) return decode(bytes, number);
  const buffer = Buffer.from(bytes.buffer ?? bytes);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function normalizedEncoding(encoding) {
  if (encoding === 'hex' || encoding === 'buffer' || encoding === undefined || encoding === null || encoding === '') return encoding;
  if (encoding === 'base64') return encoding;
  return `${encoding}`.toLowerCase();
}

const warned = new Set();
function warnOnce(code, text) {
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(text, 'DeprecationWarning', code);
}

// Few of these objects are used as streams: the stream is made when its state is first asked for.
function makeLazyStream(proto, isMine, Stream) {
  for (const name of ['_readableState', '_writableState']) {
    Object.defineProperty(proto, name, {
      configurable: true,
      enumerable: false,
      get() {
        if (!(isMine in this)) return undefined;
        Stream.call(this, this._options);
        return this[name];
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
}

// A function that makes objects with or without `new`.
function callable(name, make, Base) {
  const Exported = { [name]: function(...args) {
    return make(...args);
  } }[name];
  Exported.prototype = Base.prototype;
  Object.setPrototypeOf(Exported, Object.getPrototypeOf(Base));
  Object.defineProperty(Base.prototype, 'constructor', { value: Exported, writable: true, configurable: true, enumerable: false });
  return Exported;
}

module.exports = { isView, isAnyArrayBuffer, isBytes, textOf, dataOf, bytesOf, encoded, normalizedEncoding, warnOnce, makeLazyStream, callable };
