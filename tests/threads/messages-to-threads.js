// postMessageToThread and 'workerMessage'. Output as of Node 26.
'use strict';
const { Worker, postMessageToThread, threadId } = require('worker_threads');
const attempt = async (label, ...a) => {
  try {
    console.log(label, await postMessageToThread(...a));
  } catch (e) {
    console.log(label, e.name, e.code, e.message);
  }
};
const source = `const { parentPort, postMessageToThread, threadId, workerData } = require('worker_threads');
  const seen = [];
  process.on('workerMessage', (value, from) => {
    if (value === 'throw') throw new Error('x');
    if (value === 'list') { postMessageToThread(from, seen.splice(0)); return; }
    if (value === 'end') { parentPort.close(); return; }
    if (value.forward) { postMessageToThread(value.forward, { from: 'a worker' }); return; }
    seen.push([value.byteLength ?? value, from]);
  });
  parentPort.on('message', () => {});
  parentPort.postMessage('ready')`;

(async () => {
  const a = new Worker(source, { eval: true }), b = new Worker(source, { eval: true });
  await Promise.all([a, b].map((w) => new Promise((resolve) => w.once('message', resolve))));
  await attempt('itself', threadId, 1);
  await attempt('nobody', 9999, 1);
  await attempt('text', 'x', 1);
  await attempt('no listener', a.threadId, { x: 1 });
  const lists = [];
  process.on('workerMessage', (value, from) => lists.push([value, from === a.threadId ? 'a' : 'b']));
  const buffer = new ArrayBuffer(5);
  await attempt('buffer', a.threadId, buffer, [buffer]);
  console.log(buffer.byteLength);
  await attempt('throws', a.threadId, 'throw');
  await attempt('function', a.threadId, () => 1);
  await attempt('timeout text', a.threadId, 1, [], 'x');
  await attempt('timeout negative', a.threadId, 1, [], -5);
  await attempt('timeout', a.threadId, 2, [], 1000);
  await attempt('timeout third', a.threadId, 3, 1000);
  await attempt('forward', a.threadId, { forward: b.threadId });
  await attempt('list', a.threadId, 'list');
  while (lists.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await attempt('list', b.threadId, 'list');
  while (lists.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  console.log(JSON.stringify(lists.map(([list, who]) => [who, list.map(([v, from]) => [v, from === a.threadId ? 'a' : from])])));
  await attempt('end', a.threadId, 'end');
  await attempt('end', b.threadId, 'end');
  await Promise.all([a, b].map((w) => w.threadId === -1 || new Promise((resolve) => w.on('exit', resolve))));
  await attempt('ended', 1, 1);
  const busy = new Worker('process.on("workerMessage", () => {}); require("worker_threads").parentPort.postMessage(1); for (;;);', { eval: true });
  await new Promise((resolve) => busy.once('message', resolve));
  await attempt('busy', busy.threadId, 1, [], 50);
  busy.terminate();
})();
