// SPDX-License-Identifier: MIT
// Facts about a heap, of this isolate or of a worker, as programs see them: statistics, and snapshots (threads/heap_snapshot.c writes them).
'use strict';

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

// A readable stream of the snapshot's bytes (an ArrayBuffer).
function streamOf(bytes) {
  const { Readable } = require('stream');
  const { Buffer } = require('buffer');
  let at = 0;
  class HeapSnapshotStream extends Readable {
    _read(size) {
      const end = Math.min(at + size, bytes.byteLength);
      if (end > at) this.push(Buffer.from(bytes, at, end - at));
      at = end;
      if (at === bytes.byteLength) this.push(null);
    }
  }
  return new HeapSnapshotStream();
}

module.exports = { statisticsOf, snapshotOptions, streamOf };
