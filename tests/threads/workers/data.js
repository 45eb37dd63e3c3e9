// Environment data, nested workers, numbers of threads, events of process, event loop utilisation. Output as of Node 26.
'use strict';
const { Worker, getEnvironmentData, setEnvironmentData, threadId, isMainThread, isInternalThread, parentPort, workerData, threadName, resourceLimits } =
  require('worker_threads');
console.log(threadId, isMainThread, isInternalThread, parentPort, workerData, JSON.stringify(threadName), resourceLimits);
console.log(Object.keys(require('worker_threads')).sort().join());
const key = { an: 'object' };
setEnvironmentData('a', { deep: [1] });
setEnvironmentData('gone', 1);
setEnvironmentData('gone', undefined);
setEnvironmentData(key, 'by identity');
console.log(getEnvironmentData('a'), getEnvironmentData('gone'), getEnvironmentData(key), getEnvironmentData({ an: 'object' }));

process.on('worker', (w) => console.log('process saw', w.threadName));
require('diagnostics_channel').subscribe('worker_threads', ({ worker }) => console.log('channel saw', worker.threadName));
const inner = `const wt = require('worker_threads'); wt.parentPort.postMessage([wt.getEnvironmentData('a'), wt.getEnvironmentData('b'), wt.threadId > 1]);`;
const worker = new Worker(`const wt = require('worker_threads');
  wt.parentPort.postMessage([wt.getEnvironmentData('a'), wt.getEnvironmentData('gone'), wt.getEnvironmentData('late')]);
  wt.setEnvironmentData('a', 'changed'); wt.setEnvironmentData('b', 2);
  new wt.Worker(${JSON.stringify(inner)}, { eval: true }).on('message', (m) => wt.parentPort.postMessage(m));`, { eval: true, name: 'outer' });
setEnvironmentData('late', 1);
console.log(typeof worker.threadId, worker.threadName, worker.performance.eventLoopUtilization());
worker.on('message', (m) => console.log(m));
worker.on('exit', async (code) => {
  console.log(code, getEnvironmentData('a'), getEnvironmentData('b'), worker.performance.eventLoopUtilization());
  await facts();
});

async function facts() {
  const w = new Worker('require("worker_threads").parentPort.on("message", () => process.exit())', { eval: true, name: 'facts' });
  for (const f of ['getHeapSnapshot', 'getHeapStatistics', 'cpuUsage']) await w[f]().catch((e) => console.log(f, e.name, e.code, e.message));
  await new Promise((resolve) => w.once('online', resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const u = w.performance.eventLoopUtilization();
  console.log(u.idle > 10, u.active >= 0, u.utilization < 1, Object.keys(w.performance.eventLoopUtilization(u)).join());
  const statistics = await w.getHeapStatistics();
  console.log(statistics.used_heap_size > 0, statistics.heap_size_limit > 0);
  const usage = await w.cpuUsage();
  console.log(usage.user >= 0, usage.system >= 0, (await w.cpuUsage(usage)).user >= 0);
  let text = '';
  for await (const chunk of await w.getHeapSnapshot()) text += chunk;
  const { snapshot, nodes, edges, strings } = JSON.parse(text);
  console.log(nodes.length === snapshot.node_count * snapshot.meta.node_fields.length, edges.length === snapshot.edge_count * 3, strings.length > 100);
  w.postMessage('end');
  await new Promise((resolve) => w.once('exit', resolve));
}
