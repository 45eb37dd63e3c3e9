// SPDX-License-Identifier: MIT
// Answers about the heap for other threads: statistics, and a snapshot in the format of V8 that developer tools read. The snapshot holds what a
// program can reach from its global object by properties, prototypes, Map and Set entries; sizes are those of the visible parts.
'use strict';

const NODE_FIELDS = 7, HEADER = 16, WORD = 8;
const nodeTypes = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic', 'concatenated string',
  'sliced string', 'symbol', 'bigint', 'object shape'];
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const typeNumber = (name) => nodeTypes.indexOf(name);
const ELEMENT = edgeTypes.indexOf('element'), PROPERTY = edgeTypes.indexOf('property'), INTERNAL = edgeTypes.indexOf('internal');

const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  node_types: [nodeTypes, 'string', 'number', 'number', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [edgeTypes, 'string_or_number', 'node'],
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
  sample_fields: ['timestamp_us', 'last_assigned_id'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

const isContainer = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';

class Snapshot {
  #strings = new Map();
  #known = new Map(); // value -> number of its node
  #values = [];
  nodes = [];
  edges = [];
  #string(text) {
    let number = this.#strings.get(text);
    if (number === undefined) this.#strings.set(text, (number = this.#strings.size));
    return number;
  }
  #nodeOf(value) {
    let number = this.#known.get(value);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#known.set(value, number);
    }
    return number;
  }
  // [type, name, bytes besides those of the edges]
  #describe(value) {
    if (typeof value === 'string') return ['string', value, HEADER + value.length];
    if (typeof value === 'symbol') return ['symbol', value.description ?? '', HEADER];
    if (typeof value === 'bigint') return ['bigint', 'bigint', HEADER + WORD];
    if (typeof value === 'function') {
      const name = Object.getOwnPropertyDescriptor(value, 'name')?.value;
      return ['closure', typeof name === 'string' ? name : '', HEADER];
    }
    if (Array.isArray(value)) return ['object', 'Array', HEADER];
    if (value instanceof RegExp) return ['regexp', 'RegExp', HEADER];
    const { isAnyArrayBuffer } = require('internal/util/types');
    return ['object', nameOf(value), HEADER + (isAnyArrayBuffer(value) ? value.byteLength : 0)];
  }
  #edge(type, name, value, out) {
    if (!isContainer(value) && typeof value !== 'string' && typeof value !== 'symbol' && typeof value !== 'bigint') return;
    out.push(type, type === ELEMENT ? name : this.#string(name), this.#nodeOf(value) * NODE_FIELDS);
  }
  #edgesOf(value, out) {
    this.#edge(INTERNAL, '__proto__', Object.getPrototypeOf(value), out);
    const { isMap, isSet, isProxy } = require('internal/util/types');
    if (isProxy(value)) return 0;
    const keys = Reflect.ownKeys(value);
    for (const key of keys) {
      const { value: v, get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      const name = typeof key === 'symbol' ? `<symbol ${key.description}>` : key;
      const isIndex = typeof key === 'string' && `${key >>> 0}` === key;
      this.#edge(isIndex ? ELEMENT : PROPERTY, isIndex ? key >>> 0 : name, v, out);
      this.#edge(PROPERTY, `get ${name}`, get, out);
      this.#edge(PROPERTY, `set ${name}`, set, out);
    }
    let i = 0;
    if (isMap(value)) {
      Map.prototype.forEach.call(value, (v, k) => {
        this.#edge(INTERNAL, `key ${i}`, k, out);
        this.#edge(INTERNAL, `value ${i++}`, v, out);
      });
    } else if (isSet(value)) {
      Set.prototype.forEach.call(value, (v) => this.#edge(INTERNAL, `value ${i++}`, v, out));
    }
    return keys.length + 2 * i;
  }
  #add(number) {
    const value = this.#values[number], out = [];
    const { 0: type, 1: name, 2: bytes } = this.#describe(value);
    const words = isContainer(value) ? this.#edgesOf(value, out) : 0;
    this.nodes.push(typeNumber(type), this.#string(name), number * 2 + 1, bytes + words * WORD, out.length / 3, 0, 0);
    for (const n of out) this.edges.push(n);
  }
  text(roots) {
    // Node 0 is the root.
    this.#values.push(undefined);
    const out = [];
    for (const { 0: name, 1: value } of roots) this.#edge(PROPERTY, name, value, out);
    this.nodes.push(typeNumber('synthetic'), this.#string(''), 1, 0, out.length / 3, 0, 0);
    this.edges.push(...out);
    for (let i = 1; i < this.#values.length; i++) this.#add(i);
    return JSON.stringify({
      snapshot: { meta, node_count: this.nodes.length / NODE_FIELDS, edge_count: this.edges.length / 3, trace_function_count: 0, extra_native_bytes: 0 },
      nodes: this.nodes, edges: this.edges, trace_function_infos: [], trace_tree: [], samples: [], locations: [], strings: [...this.#strings.keys()],
    });
  }
}

function nameOf(object) {
  for (let o = object; o !== null; o = Object.getPrototypeOf(o)) {
    const constructor = Object.getOwnPropertyDescriptor(o, 'constructor')?.value;
    if (typeof constructor === 'function' && typeof constructor.name === 'string' && constructor.name !== '') return constructor.name;
  }
  return 'Object';
}

function heapSnapshot() {
  return new Snapshot().text([['global', globalThis], ['require.cache', require('internal/modules/cjs').Module._cache]]);
}

// Figures of bindings/profiles.c under V8's names.
function statisticsOf({ blocks, large, used, external, limit, allocated, realms }) {
  return {
    total_heap_size: blocks + large,
    total_heap_size_executable: 0,
    total_physical_size: blocks + large,
    total_available_size: Math.max(limit - used, 0),
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: external,
    peak_malloced_memory: external,
    does_zap_garbage: 0,
    number_of_native_contexts: realms,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: external,
    total_allocated_bytes: allocated,
  };
}

function snapshotOptions(options = {}) {
  const { validateObject, validateBoolean } = require('internal/validators');
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
  return { exposeInternals, exposeNumericValues };
}

// A readable stream of the text.
function streamOf(text) {
  const { Readable } = require('stream');
  class HeapSnapshotStream extends Readable {
    _read() {
      this.push(text);
      this.push(null);
    }
  }
  return new HeapSnapshotStream();
}

module.exports = { heapSnapshot, statisticsOf, snapshotOptions, streamOf };
