// SPDX-License-Identifier: MIT
// Blob, File (W3C File API), and blob: URLs. The bytes of a Blob never change: they lie in shared memory, so that slices, clones and messages to
// other threads refer to them instead of copying. blob: URLs belong to the isolate that made them, as in Node.
// Tests: tests/node/buffer/blob.js.
'use strict';

const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/util/types');
const cloning = require('internal/clone_symbols');
const { encode } = internalBinding('encoding');
const custom = Symbol.for('nodejs.util.inspect.custom');

const none = new Uint8Array(new SharedArrayBuffer(0));

// ---- Arguments ----

function dictionary(value, name) {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' && typeof value !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(name, 'a dictionary', value);
  return value;
}

function sequence(value) {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    if (typeof value[Symbol.iterator] === 'function') return [...value];
  }
  const error = new TypeError('Value cannot be converted to sequence.');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

const mediaType = (type) => (/[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase());

function textBytes(value, index, endings) {
  if (typeof value === 'symbol') {
    const error = new TypeError(`Value[${index}] is a Symbol and cannot be converted to a string.`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  const text = `${value}`;
  return encode(endings === 'native' ? text.replace(/\r\n?/g, '\n') : text);
}

function bytesOfSource(source, index, endings) {
  if (isAnyArrayBuffer(source)) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isBlob(source)) return bytesOf(source);
  return textBytes(source, index, endings);
}

// Bytes that may change are copied at once, before the text of a later source is asked for.
function gather(sources, endings) {
  const pieces = sources.map((source, index) => {
    const bytes = bytesOfSource(source, index, endings);
    return isBlob(source) || sources.length === 1 ? bytes : bytes.slice();
  });
  if (pieces.length === 1 && isBlob(sources[0])) return pieces[0];
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const all = new Uint8Array(new SharedArrayBuffer(size));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

// Web IDL's [Clamp]: to the nearest integer, halves to the even one.
function clamp(value) {
  const n = Number(value), down = Math.floor(n);
  if (Number.isNaN(n)) return 0;
  if (!Number.isFinite(n)) return n;
  return n - down < 0.5 || (n - down === 0.5 && down % 2 === 0) ? down : down + 1;
}

async function promiseOf(f) {
  return f();
}

// ---- Blob ----

let bytesOf, isBlob, isFile, fill;

// What inspect shows.
function factsOf(blob) {
  const { size, type } = blob;
  return isFile(blob) ? { size, type, name: blob.name, lastModified: blob.lastModified } : { size, type };
}

class Blob {
  #bytes = none; // of shared memory
  #type = '';
  static {
    isBlob = (value) => typeof value === 'object' && value !== null && #bytes in value;
    bytesOf = (blob) => {
      if (!isBlob(blob)) throw new codes.ERR_INVALID_THIS('Blob');
      return blob.#bytes;
    };
    fill = (blob, bytes, type) => {
      blob.#bytes = bytes;
      blob.#type = type;
      return blob;
    };
  }
  constructor(sources = [], options = undefined) {
    const list = sequence(sources);
    const { type = '', endings = 'transparent' } = dictionary(options, 'options');
    if (endings !== 'transparent' && endings !== 'native') throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    this.#bytes = gather(list, endings);
    this.#type = mediaType(`${type}`);
  }
  get type() {
    bytesOf(this);
    return this.#type;
  }
  get size() {
    return bytesOf(this).length;
  }
  slice(start = 0, end = undefined, contentType = '') {
    const bytes = bytesOf(this);
    const within = (n) => (n < 0 ? Math.max(bytes.length + n, 0) : Math.min(n, bytes.length));
    const first = within(clamp(start)), last = within(clamp(end === undefined ? bytes.length : end));
    return fill(new Blob(), bytes.subarray(first, Math.max(first, last)), mediaType(`${contentType}`));
  }
  arrayBuffer() {
    return promiseOf(() => copyOf(this).buffer);
  }
  text() {
    return promiseOf(() => textOf(this));
  }
  bytes() {
    return promiseOf(() => copyOf(this));
  }
  [custom](depth, options) {
    if (depth < 0) return `[${this.constructor.name}]`;
    const { inspect } = require('internal/util/inspect');
    return `${this.constructor.name} ${inspect(factsOf(this), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  [cloning.clone]() {
    return { data: [bytesOf(this), this.#type], deserializeInfo: 'internal/blob:Blob' };
  }
  [cloning.deserialize]({ 0: bytes, 1: type }) {
    fill(this, bytes, type);
  }
}

function copyOf(blob) {
  return new Uint8Array(bytesOf(blob));
}

function textOf(blob) {
  return new (require('internal/encoding').TextDecoder)().decode(copyOf(blob));
}

// ---- File ----

class File extends Blob {
  #name;
  #lastModified;
  static {
    isFile = (value) => #name in value;
  }
  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = dictionary(options, 'options');
    this.#lastModified = lastModified === undefined ? Date.now() : integer(Number(lastModified));
    this.#name = `${fileName}`.toWellFormed();
  }
  get name() {
    if (!isBlob(this) || !isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#name;
  }
  get lastModified() {
    if (!isBlob(this) || !isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#lastModified;
  }
  [cloning.clone]() {
    return { data: [bytesOf(this), this.type, this.#name, this.#lastModified], deserializeInfo: 'internal/blob:ClonedFile' };
  }
  [cloning.deserialize]({ 0: bytes, 1: type, 2: name, 3: lastModified }) {
    fill(this, bytes, type);
    this.#name = name;
    this.#lastModified = lastModified;
  }
}

const integer = (n) => (Number.isFinite(n) ? Math.trunc(n) + 0 : 0);

// What a message makes before it furnishes it.
function ClonedFile() {
  return new File([], '');
}

for (const [Class, names] of [[Blob, ['type', 'size', 'slice', 'arrayBuffer', 'text', 'bytes']], [File, ['name', 'lastModified']]]) {
  Object.defineProperties(Class.prototype, Object.fromEntries(names.map((name) => [name, { enumerable: true }])));
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: Class.name });
}

// ---- blob: URLs ----

const stored = new Map(); // id -> Blob
const prefix = 'nodedata:';

function createObjectURL(blob) {
  if (!isBlob(blob)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const id = require('crypto').randomUUID();
  stored.set(id, fill(new Blob(), bytesOf(blob), blob.type));
  return `blob:${prefix}${id}`;
}

function idOf(url) {
  const { URL } = require('internal/url');
  const parsed = URL.parse(url);
  return parsed?.protocol === 'blob:' && parsed.pathname.startsWith(prefix) ? parsed.pathname.slice(prefix.length) : undefined;
}

function revokeObjectURL(url) {
  stored.delete(idOf(`${url}`));
}

function resolveObjectURL(url) {
  const blob = stored.get(idOf(`${url}`));
  return blob && blob.slice(0, blob.size, blob.type);
}

module.exports = { Blob, File, ClonedFile, isBlob, textOf, createObjectURL, revokeObjectURL, resolveObjectURL };
