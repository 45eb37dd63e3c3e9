// SPDX-License-Identifier: MIT
// The module v8: values as bytes in V8's own format, and figures about the heap. What V8 alone has (coverage, flags of its compilers)
// is accepted and does nothing.
'use strict';

const { Buffer } = require('buffer');
const { validateString, validateUint32, validateOneOf } = require('internal/validators');
const binding = internalBinding('serdes');
const heap = internalBinding('heap');
const { heapFigures } = internalBinding('profiles');

// ---- Serializer, Deserializer ----

const handles = new WeakMap();

function handleOf(self) {
  const handle = handles.get(self);
  if (handle === undefined) throw new TypeError('Illegal invocation');
  return handle;
}

const bufferOf = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function Serializer() {
  if (new.target === undefined) throw constructCallRequired('Serializer');
  handles.set(this, binding.serializer(this));
}

function constructCallRequired(name) {
  const error = new TypeError(`Class constructor ${name} cannot be invoked without 'new'`);
  error.code = 'ERR_CONSTRUCT_CALL_REQUIRED';
  return error;
}

const serializerMethods = {
  writeHeader() { binding.writeHeader(handleOf(this)); },
  writeValue(value) { return binding.writeValue(handleOf(this), value); },
  releaseBuffer() { return bufferOf(binding.releaseBuffer(handleOf(this))); },
  transferArrayBuffer(id, arrayBuffer) { binding.transferOut(handleOf(this), id, arrayBuffer); },
  writeUint32(value) { binding.writeUint32(handleOf(this), value); },
  writeUint64(high, low) { binding.writeUint64(handleOf(this), high, low); },
  writeDouble(value) { binding.writeDouble(handleOf(this), value); },
  writeRawBytes(source) { binding.writeRawBytes(handleOf(this), source); },
  _setTreatArrayBufferViewsAsHostObjects(flag) { binding.setViewsAsHostObjects(handleOf(this), flag); },
};
Object.assign(Serializer.prototype, serializerMethods);
Serializer.prototype._getDataCloneError = Error;

function Deserializer(buffer) {
  if (new.target === undefined) throw constructCallRequired('Deserializer');
  handles.set(this, binding.deserializer(this, buffer));
  this.buffer = buffer;
}

const deserializerMethods = {
  readHeader() { return binding.readHeader(handleOf(this)); },
  readValue() { return binding.readValue(handleOf(this)); },
  getWireFormatVersion() { return binding.getVersion(handleOf(this)); },
  transferArrayBuffer(id, arrayBuffer) { binding.transferIn(handleOf(this), id, arrayBuffer); },
  readUint32() { return binding.readUint32(handleOf(this)); },
  readUint64() { return binding.readUint64(handleOf(this)); },
  readDouble() { return binding.readDouble(handleOf(this)); },
  _readRawBytes(length) { return binding.readRawBytes(handleOf(this), length); },
};
Object.assign(Deserializer.prototype, deserializerMethods);

Deserializer.prototype.readRawBytes = function readRawBytes(length) {
  const offset = this._readRawBytes(length);
  return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
};

// ---- The default ones: views go as host objects, with the number of their type ----

const viewTypes = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, DataView,
  Buffer, BigInt64Array, BigUint64Array, Float16Array,
];
const BUFFER_INDEX = 10;

function indexOfView(view) {
  const name = Object.prototype.toString.call(view).slice(8, -1);
  return viewTypes.findIndex((type, i) => i !== BUFFER_INDEX && type.name === name);
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    const index = view.constructor === Buffer ? BUFFER_INDEX : indexOfView(view);
    if (index === -1) throw new this._getDataCloneError(`Unserializable host object: ${require('util').inspect(view)}`);
    this.writeUint32(index);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const index = this.readUint32();
    const byteLength = this.readUint32();
    const position = this._readRawBytes(byteLength);
    const Type = viewTypes[index];
    const offset = this.buffer.byteOffset + position;
    if (index === BUFFER_INDEX) return Buffer.from(this.buffer.buffer, offset, byteLength);
    const size = Type.BYTES_PER_ELEMENT || 1;
    if (offset % size === 0) return new Type(this.buffer.buffer, offset, byteLength / size);
    const copy = new Uint8Array(byteLength); // the bytes are not aligned
    copy.set(new Uint8Array(this.buffer.buffer, offset, byteLength));
    return new Type(copy.buffer, 0, byteLength / size);
  }
}

// What the default classes do, without making one.
function serialize(value) {
  return binding.serialize(value, Buffer);
}

function deserialize(buffer) {
  return binding.deserialize(buffer, Buffer);
}

// ---- Figures ----

const spaces = ['read_only_space', 'new_space', 'old_space', 'code_space', 'shared_space', 'trusted_space', 'shared_trusted_space',
  'new_large_object_space', 'large_object_space', 'code_large_object_space', 'shared_large_object_space',
  'shared_trusted_large_object_space', 'trusted_large_object_space'];

function getHeapStatistics() {
  return require('internal/heap_facts').statisticsOf(heapFigures());
}

// Small cells lie in blocks of both generations ('old_space'), large ones by themselves; the other spaces of V8 are empty.
function getHeapSpaceStatistics() {
  const { blocks, large, used } = heapFigures();
  return spaces.map((name) => {
    const size = name === 'old_space' ? blocks : name === 'large_object_space' ? large : 0;
    const inUse = name === 'old_space' ? Math.min(used - large, size) : size;
    return { space_name: name, space_size: size, space_used_size: inUse, space_available_size: size - inUse, physical_space_size: size };
  });
}

function getHeapCodeStatistics() {
  return { code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0, cpu_profiler_metadata_size: 0 };
}

function getCppHeapStatistics(detailLevel = 'detailed') {
  validateOneOf(detailLevel, 'options.detailLevel', ['detailed', 'brief']);
  const { external } = heapFigures();
  return {
    __proto__: null,
    committed_size_bytes: external,
    resident_size_bytes: external,
    used_size_bytes: external,
    space_statistics: [],
    type_names: [],
    detail_level: detailLevel,
  };
}

function setFlagsFromString(flags) {
  validateString(flags, 'flags');
}

// Of the wire format and the bytecode that this program understands.
const cachedDataVersionTag = () => heap.versionTag();

const isStringOneByteRepresentation = (content) => {
  validateString(content, 'content');
  return heap.isLatin1(content);
};

function getHeapSnapshot(options) {
  const { snapshotOptions, streamOf } = require('internal/heap_facts');
  snapshotOptions(options);
  return streamOf(require('internal/profiles').heapSnapshot());
}

let snapshots = 0;

function snapshotName() {
  const two = (n) => `${n}`.padStart(2, '0'), now = new Date();
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const { pid } = require('process'), { threadId } = require('worker_threads');
  return `Heap.${day}.${time}.${pid}.${threadId}.${`${++snapshots}`.padStart(3, '0')}.heapsnapshot`;
}

function writeHeapSnapshot(filename, options) {
  require('internal/heap_facts').snapshotOptions(options);
  const fs = require('fs');
  const path = filename === undefined ? snapshotName() : filename;
  const fd = fs.openSync(path, 'w');
  try {
    fs.writeFileSync(fd, new Uint8Array(require('internal/profiles').heapSnapshot()));
  } finally {
    fs.closeSync(fd);
  }
  return typeof path === 'string' ? path : `${path}`;
}

let queried = false;

// How many living objects have constructor.prototype in their prototype chain, or what they look like.
function queryObjects(constructor, options = {}) {
  const { validateFunction, validateObject } = require('internal/validators');
  validateFunction(constructor, 'constructor');
  validateObject(options, 'options');
  const format = options.format || 'count';
  if (format !== 'count' && format !== 'summary') throw new (require('internal/errors').codes.ERR_INVALID_ARG_VALUE)('options.format', format);
  if (!queried) {
    queried = true;
    require('process').emitWarning('v8.queryObjects() is an experimental feature and might change at any time', 'ExperimentalWarning');
  }
  const { prototype } = constructor;
  if ((typeof prototype !== 'object' && typeof prototype !== 'function') || prototype === null) return format === 'count' ? 0 : [];
  const objects = internalBinding('profiles').objectsWithPrototype(prototype);
  if (format === 'count') return objects.length;
  const { inspect } = require('util');
  return objects.map((object) => inspect(object, { depth: 0 }));
}

function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
}

class GCProfiler {
  #start;
  #first;
  start() {
    if (this.#start !== undefined) return;
    this.#start = Date.now();
    this.#first = heapFigures();
  }
  stop() {
    if (this.#start === undefined) return undefined;
    const now = heapFigures();
    const data = {
      version: 1,
      startTime: this.#start,
      statistics: [],
      endTime: Date.now(),
    };
    const add = (gcType, count, cost) => {
      if (count > 0) data.statistics.push({ gcType, cost, count });
    };
    add('Scavenge', now.minor - this.#first.minor, 0);
    add('MarkSweepCompact', now.full - this.#first.full, (now.pauseNs - this.#first.pauseNs) / 1000);
    this.#start = undefined;
    return data;
  }
  [Symbol.dispose]() {
    this.stop();
  }
}

function startCpuProfile(options) {
  return require('internal/profiles').startCpuProfile(options);
}

function startHeapProfile(options) {
  return require('internal/profiles').startHeapProfile(options);
}

function requireBuildingSnapshot() {
  const error = new Error('Operation cannot be invoked when not building startup snapshot');
  error.code = 'ERR_NOT_BUILDING_SNAPSHOT';
  throw error;
}

const startupSnapshot = {
  addDeserializeCallback: requireBuildingSnapshot,
  addSerializeCallback: requireBuildingSnapshot,
  setDeserializeMainFunction: requireBuildingSnapshot,
  isBuildingSnapshot: () => false,
};

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage() {},
  stopCoverage() {},
  serialize,
  writeHeapSnapshot,
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile,
  startHeapProfile,
};
