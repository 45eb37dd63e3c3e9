// SPDX-License-Identifier: MIT
// Profiles: options, handles. The samples are taken and written in C (threads/cpu_profile.c, threads/heap_profile.c); a question about them goes
// to the isolate itself, or as an interrupt to a worker (bindings/profiles.c).
'use strict';

const { codes } = require('internal/errors');
const { validateObject, validateNumber, validateInteger, validateBoolean, validateInt32 } = require('internal/validators');
const binding = internalBinding('profiles');

// Questions: as in bindings/profiles.c.
const HEAP_FIGURES = 0, CPU = 1, START_CPU = 2, STOP_CPU = 3, START_HEAP = 4, STOP_HEAP = 5, SNAPSHOT = 6;

const FORCE_GC = 1, KEEP_MAJOR = 2, KEEP_MINOR = 4; // threads/heap_profile.h

// ---- Options ----

// [interval in microseconds, samples at most]
function cpuOptions(options = {}) {
  validateObject(options, 'options');
  const { sampleInterval = 0, maxBufferSize = 2 ** 32 - 1 } = options;
  validateNumber(sampleInterval, 'options.sampleInterval', 0, 2147483.647);
  validateNumber(maxBufferSize, 'options.maxBufferSize', 1, 2 ** 32 - 1);
  return [sampleInterval * 1000, maxBufferSize];
}

// [interval in bytes, depth, flags]
function heapOptions(options = {}) {
  validateObject(options, 'options');
  const {
    sampleInterval = 512 * 1024, stackDepth = 16, forceGC = false, includeObjectsCollectedByMajorGC = false,
    includeObjectsCollectedByMinorGC = false,
  } = options;
  validateInteger(sampleInterval, 'options.sampleInterval', 1);
  validateInt32(stackDepth, 'options.stackDepth', 0);
  validateBoolean(forceGC, 'options.forceGC');
  validateBoolean(includeObjectsCollectedByMajorGC, 'options.includeObjectsCollectedByMajorGC');
  validateBoolean(includeObjectsCollectedByMinorGC, 'options.includeObjectsCollectedByMinorGC');
  const flags = (forceGC ? FORCE_GC : 0) | (includeObjectsCollectedByMajorGC ? KEEP_MAJOR : 0) | (includeObjectsCollectedByMinorGC ? KEEP_MINOR : 0);
  return [sampleInterval, stackDepth, flags];
}

const noThread = () => new codes.ERR_WORKER_INIT_FAILED('no thread for the profiler');

// ---- Of this isolate ----

class SyncCPUProfileHandle {
  #number;
  #stopped = false;
  constructor(number) {
    this.#number = number;
  }
  stop() {
    if (this.#stopped) return undefined;
    this.#stopped = true;
    return binding.here(STOP_CPU, this.#number);
  }
  [Symbol.dispose]() {
    this.stop();
  }
}

class SyncHeapProfileHandle {
  #stopped = false;
  stop() {
    if (this.#stopped) return undefined;
    this.#stopped = true;
    return binding.here(STOP_HEAP);
  }
  [Symbol.dispose]() {
    this.stop();
  }
}

function startCpuProfile(options) {
  const number = binding.here(START_CPU, ...cpuOptions(options));
  if (number === 0) throw noThread();
  return new SyncCPUProfileHandle(number);
}

function startHeapProfile(options) {
  if (binding.here(START_HEAP, ...heapOptions(options)) === 1) return new SyncHeapProfileHandle();
  throw new codes.ERR_HEAP_PROFILE_HAVE_BEEN_STARTED('Heap profile has been started');
}

// ---- Of a worker. ask(question, ...): a promise of the answer ----

class CPUProfileHandle {
  #stop;
  #text;
  constructor(stop) {
    this.#stop = stop;
  }
  stop() {
    return (this.#text ??= this.#stop());
  }
  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

class HeapProfileHandle {
  #stop;
  #text;
  constructor(stop) {
    this.#stop = stop;
  }
  stop() {
    return (this.#text ??= this.#stop());
  }
  async [Symbol.asyncDispose]() {
    await this.stop();
  }
}

function startCpuProfileOf(ask, options) {
  return ask(START_CPU, ...cpuOptions(options)).then((number) => {
    if (number === 0) throw noThread();
    return new CPUProfileHandle(() => ask(STOP_CPU, number));
  });
}

function startHeapProfileOf(ask, options) {
  return ask(START_HEAP, ...heapOptions(options)).then((started) => {
    if (started === 1) return new HeapProfileHandle(() => ask(STOP_HEAP));
    throw new codes.ERR_HEAP_PROFILE_HAVE_BEEN_STARTED('heap profiler have been started');
  });
}

// The snapshot's bytes (ArrayBuffer).
function heapSnapshot() {
  return binding.here(SNAPSHOT);
}

module.exports = { HEAP_FIGURES, CPU, SNAPSHOT, heapSnapshot, startCpuProfile, startHeapProfile, startCpuProfileOf, startHeapProfileOf };
