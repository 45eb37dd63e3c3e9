// Heap profiles: who allocated what is alive.
'use strict';
const assert = require('assert');
const v8 = require('v8');
const { Worker } = require('worker_threads');

function sizes(text) {
  const { samples, head } = JSON.parse(text);
  const byId = new Map(), byName = {};
  (function walk(node) {
    assert.deepStrictEqual(Object.keys(node), ['selfSize', 'id', 'callFrame', 'children']);
    assert.deepStrictEqual(Object.keys(node.callFrame), ['scriptId', 'lineNumber', 'columnNumber', 'functionName', 'url']);
    byId.set(node.id, node);
    byName[node.callFrame.functionName] = (byName[node.callFrame.functionName] ?? 0) + node.selfSize;
    node.children.forEach(walk);
  })(head);
  assert.strictEqual(head.callFrame.functionName, '(root)');
  const sums = new Map();
  for (const { size, nodeId, ordinal } of samples) {
    assert(size > 0 && ordinal > 0);
    sums.set(nodeId, (sums.get(nodeId) ?? 0) + size);
  }
  for (const [id, node] of byId) assert.strictEqual(node.selfSize, sums.get(id) ?? 0);
  return byName;
}

const kept = [];
function keeping(n) {
  for (let i = 0; i < n; i++) kept.push({ i, list: [i, i + 1] });
}
function dropping(n) {
  let last;
  for (let i = 0; i < n; i++) last = { i, list: [i, i + 1] };
  return last;
}
function large() {
  kept.push('x'.repeat(3 << 20).split('')); // an array of 3 million
}

function profileOf(options) {
  kept.length = 0;
  const handle = v8.startHeapProfile(options);
  keeping(50000);
  dropping(50000);
  large();
  return sizes(handle.stop());
}

const MB = 1 << 20;
const plain = profileOf({ sampleInterval: 64 * 1024, forceGC: true });
assert(plain.keeping > 2 * MB && plain.keeping < 20 * MB, `${plain.keeping}`);
assert((plain.dropping ?? 0) < plain.keeping / 4, `${plain.dropping} of garbage against ${plain.keeping}`);
const inLarge = (plain.large ?? 0) + (plain.split ?? 0); // built-in functions have frames too
assert(inLarge > 20 * MB, `${inLarge}`);
const all = profileOf({ sampleInterval: 64 * 1024, forceGC: true, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
assert(all.dropping > all.keeping / 2, `${all.dropping} with garbage against ${all.keeping}`);
const flat = profileOf({ sampleInterval: 64 * 1024, stackDepth: 0 });
assert.deepStrictEqual(Object.keys(flat), ['(root)']);
assert(flat['(root)'] > 20 * MB);
const shallow = JSON.parse((() => {
  const handle = v8.startHeapProfile({ sampleInterval: 4096, stackDepth: 1 });
  keeping(5000);
  return handle.stop();
})());
assert(shallow.head.children.every((node) => node.children.length === 0));

const first = v8.startHeapProfile();
assert.throws(() => v8.startHeapProfile(), { code: 'ERR_HEAP_PROFILE_HAVE_BEEN_STARTED', message: 'Heap profile has been started' });
sizes(first.stop());
assert.strictEqual(first.stop(), undefined);
for (const options of [5, { sampleInterval: 'x' }, { forceGC: 1 }, { includeObjectsCollectedByMinorGC: 1 }]) {
  assert.throws(() => v8.startHeapProfile(options), { code: 'ERR_INVALID_ARG_TYPE' });
}
for (const options of [{ sampleInterval: 0 }, { sampleInterval: 1.5 }, { stackDepth: -1 }, { stackDepth: 2 ** 31 }]) {
  assert.throws(() => v8.startHeapProfile(options), { code: 'ERR_OUT_OF_RANGE' });
}

const worker = new Worker('const kept = []; function spin() { for (;;) { kept.push([1, 2, 3]); if (kept.length > 50000) kept.length = 0; } } spin();', { eval: true });
worker.on('online', async () => {
  const handle = await worker.startHeapProfile({ sampleInterval: 1024 });
  await assert.rejects(worker.startHeapProfile(), { code: 'ERR_HEAP_PROFILE_HAVE_BEEN_STARTED', message: 'heap profiler have been started' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert(sizes(await handle.stop()).spin > 0);
  await worker.startHeapProfile(); // ends with the worker
  await worker.terminate();
  await assert.rejects(worker.startHeapProfile(), { code: 'ERR_WORKER_NOT_RUNNING' });
});
