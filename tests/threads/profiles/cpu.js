// CPU profiles of this thread and of workers: shape, attribution, handles.
'use strict';
const assert = require('assert');
const v8 = require('v8');
const { Worker } = require('worker_threads');

function check(profile) {
  assert.deepStrictEqual(Object.keys(profile), ['nodes', 'startTime', 'endTime', 'samples', 'timeDeltas']);
  const { nodes, samples, timeDeltas, startTime, endTime } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  assert.strictEqual(byId.size, nodes.length);
  assert.strictEqual(nodes[0].callFrame.functionName, '(root)');
  assert.deepStrictEqual(nodes[0].callFrame, { functionName: '(root)', lineNumber: -1, columnNumber: -1, scriptId: 0, url: '' });
  const parents = new Map();
  for (const node of nodes) for (const id of node.children ?? []) parents.set(id, node.id);
  assert.deepStrictEqual([...parents.keys()].sort((a, b) => a - b), nodes.slice(1).map((node) => node.id).sort((a, b) => a - b));
  assert.strictEqual(samples.length, timeDeltas.length);
  const hits = new Map();
  for (const id of samples) hits.set(id, (hits.get(id) ?? 0) + 1);
  for (const node of nodes) {
    assert.strictEqual(node.hitCount, hits.get(node.id) ?? 0);
    if (node.positionTicks) assert.strictEqual(node.positionTicks.reduce((sum, { ticks }) => sum + ticks, 0), node.hitCount);
  }
  assert(timeDeltas.every((delta) => delta >= 0));
  assert(startTime + timeDeltas.reduce((a, b) => a + b, 0) <= endTime);
  const named = (name) => nodes.filter((node) => node.callFrame.functionName === name);
  return {
    named,
    hits: (name) => named(name).reduce((sum, node) => sum + node.hitCount, 0),
    callers: (name) => new Set(named(name).map((node) => byId.get(parents.get(node.id)).callFrame.functionName)),
  };
}

const busy = (ms) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

// ---- This thread ----

function leaf(x) {
  return Math.sqrt(x) + Math.sin(x) * Math.cos(x) - Math.tan(x) / Math.exp(x) + Math.log(x + 1) * Math.atan2(x, 3) - Math.cbrt(x);
}
class Caller {
  method(n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += leaf(i);
    return sum;
  }
}
function loop(ms) {
  for (const end = performance.now() + ms; performance.now() < end;) new Caller().method(1000);
}

// Where the machine is busy with other things, samples are rare: longer then.
function profileOf(ms) {
  const handle = v8.startCpuProfile();
  assert.strictEqual(handle.constructor.name, 'SyncCPUProfileHandle');
  loop(ms);
  [2, 1].sort(function compare(a, b) {
    busy(ms / 3);
    return a - b;
  });
  const facts = check(JSON.parse(handle.stop()));
  assert.strictEqual(handle.stop(), undefined);
  const isEnough = facts.hits('leaf') + facts.hits('method') > 30 && facts.hits('busy') > 5;
  return isEnough || ms > 2000 ? facts : profileOf(2 * ms);
}

{
  const { named, hits, callers } = profileOf(150);
  assert(hits('leaf') > hits('method'), `a function without loops gets its time: ${hits('leaf')} against ${hits('method')}`);
  assert.deepStrictEqual(callers('leaf'), new Set(['method']));
  assert.deepStrictEqual(callers('method'), new Set(['loop']));
  assert.deepStrictEqual(callers('compare'), new Set(['sort']));
  assert.deepStrictEqual(callers('busy'), new Set(['compare']));
  const { url, lineNumber, columnNumber } = named('leaf')[0].callFrame;
  assert.strictEqual(url, __filename);
  assert.deepStrictEqual([lineNumber, columnNumber], [39, 13]);
  assert.strictEqual(named('leaf')[0].positionTicks.every(({ line }) => line >= 40 && line <= 42), true);
}

// Two at a time, with intervals of their own; a buffer that is full; nothing but the ends.
{
  const often = v8.startCpuProfile({ sampleInterval: 0.2 }), seldom = v8.startCpuProfile({ sampleInterval: 1e6 });
  const small = v8.startCpuProfile({ maxBufferSize: 3 });
  busy(100);
  const [a, b, c] = [often, seldom, small].map((handle) => JSON.parse(handle.stop()));
  for (const profile of [a, b, c]) check(profile);
  assert(a.samples.length >= 2);
  assert.strictEqual(b.samples.length, 2); // at the start and at the end
  assert(c.samples.length <= 3 && c.samples.length >= 2);
}
{
  using handle = v8.startCpuProfile();
  assert(handle);
}

// ---- Workers ----

const online = (source) => new Promise((resolve) => {
  const worker = new Worker(source, { eval: true });
  worker.on('online', () => resolve(worker));
});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function main() {
  const endless = await online('function spin() { for (;;); }\nspin();');
  const handle = await endless.startCpuProfile();
  await sleep(60);
  const text = await handle.stop();
  assert.strictEqual(await handle.stop(), text);
  const { hits, named } = check(JSON.parse(text));
  assert(hits('spin') >= 2, 'one at the start, one at the end');
  assert.strictEqual(named('spin')[0].callFrame.url, '[worker eval]');
  const second = await endless.startCpuProfile();
  await endless.terminate();
  await assert.rejects(second.stop(), { code: 'ERR_WORKER_NOT_RUNNING' });
  await assert.rejects(endless.startCpuProfile(), { code: 'ERR_WORKER_NOT_RUNNING' });

  // A sleeping worker is not woken for samples, and found asleep at last.
  const idle = await online('setInterval(() => {}, 100000)');
  for (let ms = 50; ; ms *= 2) {
    const idleHandle = await idle.startCpuProfile();
    await sleep(ms);
    const profile = JSON.parse(await idleHandle.stop());
    if (check(profile).hits('(idle)') >= 1 && profile.samples.length < 10) break;
    assert(ms < 2000, `${profile.samples.length} samples`);
  }
  {
    await using discarded = await idle.startCpuProfile();
    assert(discarded);
  }
  await idle.startCpuProfile(); // ends with the worker
  await idle.terminate();

  const waiting = await online('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);');
  for (let ms = 20; ; ms *= 2) {
    const waitingHandle = await waiting.startCpuProfile();
    await sleep(ms);
    if (check(JSON.parse(await waitingHandle.stop())).hits('wait') >= 1) break;
    assert(ms < 5000);
  }
  await waiting.terminate();
}
main();
