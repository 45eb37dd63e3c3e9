// timeout: 60
// Workers that start, post, transfer, end and are terminated at random; the seed is printed. Messages keep their order, nothing crashes.
'use strict';
const { Worker, MessageChannel } = require('worker_threads');
const assert = require('assert');
let seed = Number(process.argv[2] ?? Date.now() % 1e6);
console.log('seed', seed);
const random = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 8) % n;
};
const source = `const { parentPort, workerData } = require('worker_threads');
let n = 0;
parentPort.on('message', (m) => {
  if (m.port) m.port.on('message', (v) => m.port.postMessage(v + 1));
  else if (m.exit) process.exit(3);
  else if (m.close) parentPort.close();
  else parentPort.postMessage({ n: n++, m });
});
console.log('x'.repeat(workerData));
process.env.A = workerData;`;
const COUNT = 60, ROUNDS = 20;
let begun = 0, ended = 0, answers = 0;

function start() {
  begun++;
  const worker = new Worker(source, { eval: true, workerData: random(50), stdout: true });
  worker.stdout.resume();
  let last = -1;
  worker.on('message', ({ n, m }) => {
    assert.strictEqual(n, ++last);
    assert.strictEqual(m.i, n);
    answers++;
  });
  const { port1, port2 } = new MessageChannel();
  if (random(2)) {
    worker.postMessage({ port: port2 }, [port2]);
    port1.on('message', (v) => (v < ROUNDS ? port1.postMessage(v + 1) : port1.close()));
    port1.postMessage(0);
  }
  const count = random(30);
  for (let i = 0; i < count; i++) worker.postMessage({ i, buffer: new ArrayBuffer(random(100)), text: 'str'.repeat(random(100)) });
  const kind = random(5);
  let killed = false;
  const kill = () => {
    killed = true;
    worker.terminate();
  };
  if (kind === 0) kill();
  else if (kind === 1) setTimeout(kill, random(10));
  else worker.postMessage(kind === 2 ? { exit: true } : { close: true });
  worker.on('exit', (code) => {
    port1.close();
    ended++;
    if (!killed) {
      assert.strictEqual(last, count - 1);
      assert.strictEqual(code, kind === 2 ? 3 : 0);
    }
    if (begun < COUNT) start();
  });
}
for (let i = 0; i < 4; i++) start();
process.on('exit', () => assert.deepStrictEqual([begun, ended, answers > 0], [COUNT, COUNT, true]));
