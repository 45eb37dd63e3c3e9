// SPDX-License-Identifier: MIT
// TextEncoder and TextDecoder (WHATWG Encoding): UTF-8 natively, UTF-16 and windows-1252 (latin1) besides.
'use strict';

const binding = internalBinding('encoding');
const { codes } = require('internal/errors');
const custom = Symbol.for('nodejs.util.inspect.custom');

const labels = new Map();
for (const [name, list] of [
  ['utf-8', 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8'],
  ['utf-16le', 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le'],
  ['utf-16be', 'unicodefffe utf-16be'],
  ['windows-1252', 'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252'],
]) {
  for (const label of list.split(' ')) labels.set(label, name);
}

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(input = '') {
    return binding.encode(`${input}`);
  }
  encodeInto(source, destination) {
    if (typeof source !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', source);
    if (!(destination instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', destination);
    const { 0: read, 1: written } = binding.encodeInto(source, destination);
    return { read, written };
  }
  [custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const o = Object.create({ constructor: TextEncoder });
    o.encoding = this.encoding;
    return require('internal/util/inspect').inspect(o, options);
  }
}
Object.defineProperties(TextEncoder.prototype, {
  encode: { enumerable: true },
  encodeInto: { enumerable: true },
  encoding: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'TextEncoder' },
});

const c1 = '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

function decodeLatin1(bytes) {
  const text = internalBinding('buffer').decode(bytes, 2);
  return text.replace(/[\x80-\x9f]/g, (c) => c1[c.charCodeAt(0) - 128]);
}

function bytesOf(input) {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && input instanceof SharedArrayBuffer)) return new Uint8Array(input);
  throw new codes.ERR_INVALID_ARG_TYPE('list', ['ArrayBuffer', 'ArrayBufferView'], input);
}

function join(a, b) {
  if (a.length === 0) return b;
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #pending = new Uint8Array(0);
  #bomSeen = false;
  #whole = -1; // UTF-8 with nothing left of a stream: what decodeWhole is told
  constructor(encoding = 'utf-8', options = {}) {
    const name = labels.get(`${encoding}`.trim().toLowerCase());
    if (name === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    require('internal/validators').validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    this.#startAgain();
  }
  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBOM;
  }
  decode(input = undefined, options = {}) {
    const stream = Boolean(options?.stream);
    if (!stream && this.#whole >= 0) {
      const text = binding.decodeWhole(input, this.#whole);
      if (text !== undefined) return text;
    }
    this.#whole = -1;
    const bytes = join(this.#pending, bytesOf(input));
    this.#pending = new Uint8Array(0);
    let text;
    switch (this.#encoding) {
      case 'utf-8': text = this.#decodeUtf8(bytes, stream); break;
      case 'windows-1252': text = decodeLatin1(bytes); break;
      default: text = this.#decodeUtf16(bytes, stream);
    }
    if (!stream) this.#startAgain();
    return text;
  }
  #startAgain() {
    this.#bomSeen = false;
    if (this.#encoding === 'utf-8') this.#whole = (this.#fatal ? 1 : 0) | (this.#ignoreBOM ? 2 : 0);
  }
  #malformed() {
    this.#bomSeen = false;
    throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding);
  }
  #decodeUtf8(bytes, stream) {
    const { 0: text, 1: consumed } = binding.decode(bytes, this.#fatal, this.#ignoreBOM || this.#bomSeen, stream);
    if (text === null) this.#malformed();
    if (consumed > 0) this.#bomSeen = true;
    if (consumed < bytes.length) this.#pending = bytes.slice(consumed);
    return text;
  }
  #decodeUtf16(bytes, stream) {
    if (this.#encoding === 'utf-16be') {
      bytes = bytes.slice();
      for (let i = 0; i + 1 < bytes.length; i += 2) [bytes[i], bytes[i + 1]] = [bytes[i + 1], bytes[i]];
    }
    let odd = bytes.length % 2;
    let text = internalBinding('buffer').decode(bytes, 1, 0, bytes.length - odd);
    if (stream && /[\ud800-\udbff]$/.test(text)) {
      text = text.slice(0, -1);
      odd += 2;
    }
    if (odd > 0) {
      if (stream) {
        this.#pending = bytes.slice(bytes.length - odd);
        if (this.#encoding === 'utf-16be' && odd > 1) [this.#pending[0], this.#pending[1]] = [this.#pending[1], this.#pending[0]];
      } else {
        if (this.#fatal) this.#malformed();
        text += '\ufffd';
      }
    }
    if (!this.#ignoreBOM && !this.#bomSeen && text[0] === '\ufeff') {
      text = text.slice(1);
      this.#bomSeen = true;
    }
    if (text.length > 0) this.#bomSeen = true;
    if (!text.isWellFormed()) {
      if (this.#fatal) this.#malformed();
      text = text.toWellFormed();
    }
    return text;
  }
}
Object.defineProperties(TextDecoder.prototype, {
  decode: { enumerable: true },
  encoding: { enumerable: true },
  fatal: { enumerable: true },
  ignoreBOM: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'TextDecoder' },
});

module.exports = { TextEncoder, TextDecoder };
