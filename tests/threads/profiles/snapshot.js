// SPDX-License-Identifier: MIT
// Heap snapshots: of a worker that never comes to its loop, of one that is ended meanwhile, and of this thread.
'use strict';
const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');
const { Worker } = require('worker_threads');

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
}

// Every node of that name and type with its edges, by name or index.
function find(graph, type, name) {
  const { snapshot: { meta, node_count: nodeCount, edge_count: edgeCount }, nodes, edges, strings } = graph;
  const width = meta.node_fields.length, found = [];
  assert.strictEqual(nodes.length, nodeCount * width);
  assert.strictEqual(edges.length, edgeCount * 3);
  const nodeAt = (i) => ({ type: meta.node_types[0][nodes[i]], name: strings[nodes[i + 1]], bytes: nodes[i + 3], edges: new Map() });
  let edge = 0;
  const ids = new Set();
  for (let i = 0; i < nodes.length; i += width) {
    const node = nodeAt(i), end = edge + nodes[i + 4] * 3;
    ids.add(nodes[i + 2]);
    assert(typeof node.name === 'string' && typeof node.type === 'string');
    if (node.name === name && node.type === type) found.push(node);
    for (; edge < end; edge += 3) {
      const kind = meta.edge_types[0][edges[edge]];
      assert(edges[edge + 2] % width === 0 && edges[edge + 2] < nodes.length);
      if (node.name === name) node.edges.set(kind === 'element' || kind === 'hidden' ? `${kind} ${edges[edge + 1]}` : strings[edges[edge + 1]], nodeAt(edges[edge + 2]));
    }
  }
  assert.strictEqual(edge, edges.length);
  assert.strictEqual(ids.size, nodeCount);
  return found;
}

const program = `
  class Holder {
    constructor() { this.list = [{}, 'second']; this[Symbol('secret')] = new Map([['k', 'v']]); }
    get accessor() { return 1; }
  }
  const { parentPort } = require('worker_threads');
  function busy() {
    const holder = new Holder();
    const bytes = new ArrayBuffer(100000);
    parentPort.postMessage('busy');
    for (;;) holder.list.length = 2;
    return bytes;
  }
  busy();
`;

async function ofABusyWorker() {
  const worker = new Worker(program, { eval: true });
  await new Promise((resolve) => worker.once('message', resolve));
  const graph = await read(await worker.getHeapSnapshot());
  const holders = find(graph, 'object', 'Holder');
  const holder = holders.find((node) => node.edges.has('list'));
  assert.strictEqual(holder.edges.get('list').name, 'Array');
  assert.strictEqual(holder.edges.get('<symbol secret>').name, 'Map');
  assert.strictEqual(holder.edges.get('__proto__').type, 'object');
  assert(find(graph, 'closure', 'get accessor').length + find(graph, 'closure', 'accessor').length > 0);
  assert(find(graph, 'object', 'ArrayBuffer').some((node) => node.bytes + (node.edges.get('backing_store')?.bytes ?? 0) >= 100000));
  assert(find(graph, 'object', 'Array').some((node) => node.edges.get('element 0')?.name === 'Object' && node.edges.get('element 1')?.name === 'second'));
  assert(find(graph, 'closure', 'busy').length > 0);
  const late = worker.getHeapSnapshot();
  const code = worker.terminate();
  await late.then(read).catch((error) => assert.strictEqual(error.code, 'ERR_WORKER_NOT_RUNNING'));
  assert.strictEqual(await code, 1);
  await assert.rejects(worker.getHeapSnapshot(), { code: 'ERR_WORKER_NOT_RUNNING' });
}

async function ofThisThread() {
  class Mine {}
  globalThis.mine = new Mine();
  globalThis.mine.text = 'a "quoted"\n\0 text \u{1F600}';
  assert(find(await read(v8.getHeapSnapshot()), 'object', 'Mine').some((node) => node.edges.get('text')?.name === globalThis.mine.text));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-snapshot-'));
  try {
    const name = path.join(folder, 'a.heapsnapshot');
    assert.strictEqual(v8.writeHeapSnapshot(name), name);
    assert(find(JSON.parse(fs.readFileSync(name)), 'object', 'Mine').length > 0);
    assert.throws(() => v8.writeHeapSnapshot(path.join(folder, 'no', 'a')), { code: 'ENOENT', syscall: 'open' });
    assert.throws(() => v8.writeHeapSnapshot(5), { code: 'ERR_INVALID_ARG_TYPE' });
    process.chdir(folder);
    assert.match(v8.writeHeapSnapshot(), /^Heap\.\d{8}\.\d{6}\.\d+\.0\.\d{3}\.heapsnapshot$/);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function byPrototype() {
  class A {}
  class B extends A {}
  const kept = [new B(), new WeakMap()];
  kept[1].set(kept[0], new A());
  assert(v8.queryObjects(A) >= 3); // B.prototype too
  assert(v8.queryObjects(B) >= 1);
  assert(v8.queryObjects(B, { format: 'summary' }).includes('B {}'));
  assert.strictEqual(v8.queryObjects(() => {}), 0);
  assert.throws(() => v8.queryObjects(5), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => v8.queryObjects(A, { format: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
  return kept;
}

ofABusyWorker().then(ofThisThread).then(byPrototype);
