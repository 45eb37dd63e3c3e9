// SPDX-License-Identifier: MIT
// Text from chunks of bytes whose characters may be cut.
'use strict';

const { Buffer } = require('buffer');
const { incompleteTail } = internalBinding('encoding');
const { codes } = require('internal/errors');

function normalize(encoding) {
  if (!encoding) return 'utf8';
  switch (`${encoding}`.toLowerCase()) {
    case 'utf8': case 'utf-8': return 'utf8';
    case 'ucs2': case 'ucs-2': case 'utf16le': case 'utf-16le': return 'utf16le';
    case 'latin1': case 'binary': return 'latin1';
    case 'base64': case 'base64url': case 'ascii': case 'hex': return `${encoding}`.toLowerCase();
  }
  throw new codes.ERR_UNKNOWN_ENCODING(encoding);
}

const kPending = Symbol('pending');

function StringDecoder(encoding) {
  this.encoding = normalize(encoding);
  Object.defineProperty(this, kPending, { value: Buffer.alloc(0), writable: true, enumerable: false });
}

// Bytes at the end that have to wait.
function waiting(encoding, bytes) {
  switch (encoding) {
    case 'utf8': return incompleteTail(bytes);
    case 'utf16le': {
      const odd = bytes.length % 2;
      const last = bytes.length - odd - 2;
      return last >= 0 && (bytes[last + 1] & 0xfc) === 0xd8 ? odd + 2 : odd;
    }
    case 'base64': case 'base64url': return bytes.length % 3;
    default: return 0;
  }
}

StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!ArrayBuffer.isView(chunk)) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
  let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (this[kPending].length > 0) bytes = Buffer.concat([this[kPending], bytes]);
  const rest = waiting(this.encoding, bytes);
  this[kPending] = rest > 0 ? Buffer.from(bytes.subarray(bytes.length - rest)) : Buffer.alloc(0);
  return bytes.toString(this.encoding, 0, bytes.length - rest);
};

StringDecoder.prototype.end = function end(chunk) {
  let text = chunk === undefined ? '' : this.write(chunk);
  if (this[kPending].length > 0) {
    text += this[kPending].toString(this.encoding);
    this[kPending] = Buffer.alloc(0);
  }
  return text;
};

StringDecoder.prototype.text = function text(chunk, offset) {
  this[kPending] = Buffer.alloc(0);
  return this.write(chunk.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    configurable: true,
    enumerable: true,
    get() {
      return this[kPending];
    },
  },
  lastNeed: {
    configurable: true,
    enumerable: true,
    get() {
      const bytes = this[kPending];
      if (bytes.length === 0) return 0;
      if (this.encoding !== 'utf8') return (this.encoding === 'utf16le' ? (bytes.length > 2 ? 4 : 2) : 3) - bytes.length;
      return (bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2) - bytes.length;
    },
  },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() {
      return this[kPending].length + this.lastNeed;
    },
  },
});

module.exports = { StringDecoder };
