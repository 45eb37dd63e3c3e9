// SPDX-License-Identifier: MIT
// What v8 says about heap and program: names and types as Node's, and figures that make sense.
'use strict';
const v8 = require('v8');
const assert = require('assert');

const stats = v8.getHeapStatistics();
console.log(Object.keys(stats).join());
for (const [name, v] of Object.entries(stats)) assert(Number.isInteger(v) && v >= 0, name);
assert(stats.used_heap_size > 0 && stats.used_heap_size <= stats.total_heap_size && stats.heap_size_limit > stats.total_heap_size);
const before = v8.getHeapStatistics().external_memory, buffer = new ArrayBuffer(32 << 20);
assert(v8.getHeapStatistics().external_memory - before > buffer.byteLength / 2); // something else may have been freed

const spaces = v8.getHeapSpaceStatistics();
console.log(spaces.map((s) => s.space_name).join());
console.log(Object.keys(spaces[0]).join());
assert(spaces.some((s) => s.space_used_size > 0) && spaces.every((s) => s.space_used_size <= s.space_size));
console.log(Object.keys(v8.getHeapCodeStatistics()).join());
console.log(Object.keys(v8.getCppHeapStatistics()).join());

assert(Number.isInteger(v8.cachedDataVersionTag()) && v8.cachedDataVersionTag() === v8.cachedDataVersionTag());
console.log(v8.setFlagsFromString('--stack-size=900'), v8.takeCoverage(), v8.stopCoverage());
console.log(v8.isStringOneByteRepresentation('aé'), v8.isStringOneByteRepresentation('aā'));
console.log(!v8.startupSnapshot.isBuildingSnapshot(), Object.keys(v8.startupSnapshot).join());
for (const f of [() => v8.setFlagsFromString(5), () => v8.isStringOneByteRepresentation(5), () => v8.startupSnapshot.addSerializeCallback(() => {}),
  () => v8.setHeapSnapshotNearHeapLimit('a')]) {
  try {
    f();
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
const profiler = new v8.GCProfiler();
profiler.start();
for (let i = 0; i < 50; i++) Array.from({ length: 20000 }, (_, n) => ({ n }));
const profile = profiler.stop();
console.log(Object.keys(profile).join(), profile.version, profile.statistics.length > 0, profiler.stop());
