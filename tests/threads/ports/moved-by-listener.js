// A listener sends its own end away, over and over, while messages wait and come: they arrive once and in order, wherever the end is.
'use strict';
const { Worker, MessageChannel } = require('worker_threads');
const assert = require('assert');
const COUNT = 3000, STEP = 7;
const source = `const { parentPort } = require('worker_threads');
parentPort.on('message', ({ port, next }) => {
  const first = next;
  port.on('message', (n) => {
    if (n !== next) throw new Error('message ' + n + ' instead of ' + next);
    next++;
    if (next - first === ${STEP} || next === ${COUNT}) parentPort.postMessage({ port, next }, [port]);
  });
});`;
const workers = [1, 2].map(() => new Worker(source, { eval: true }));
const { port1, port2 } = new MessageChannel();
let sent = 0, hops = 0;
for (const worker of workers) {
  worker.on('message', ({ port, next }) => {
    hops++;
    if (next === COUNT) return void workers.forEach((w) => w.terminate());
    workers[hops % 2].postMessage({ port, next }, [port]);
  });
}
workers[0].postMessage({ port: port2, next: 0 }, [port2]);
(function send() {
  for (let i = 0; i < 100 && sent < COUNT; i++) port1.postMessage(sent++);
  if (sent < COUNT) setImmediate(send);
})();
process.on('exit', () => assert.deepStrictEqual([sent, hops], [COUNT, Math.ceil(COUNT / STEP)]));
