const { Worker, MessageChannel } = require('worker_threads');
const counts = {};
const count = (what) => (counts[what] = (counts[what] ?? 0) + 1);
const source = `const { parentPort, workerData } = require('worker_threads');
  const list = [];
  parentPort.once('message', () => {
    for (let i = 0; i < 200; i++) list.push(new Array(2000).fill(i), new ArrayBuffer(1 << 16), 'x'.repeat(50000) + i);
    parentPort.postMessage(list.length);
  });`;
const own = new Set(['ERR_WORKER_INIT_FAILED', 'ERR_WORKER_UNSERIALIZABLE_ERROR', 'ERR_WORKER_OUT_OF_MEMORY']);
function failed(error) {
  if (own.has(error.code)) count(error.code);
  else if (error instanceof RangeError) count('RangeError');
  else throw error;
}
let begun = 0, ended = 0;
(async () => {
  for (let round = 0; round < 6; round++) {
    await Promise.all(Array.from({ length: 12 }, () => new Promise((resolve) => {
      let worker;
      try {
        worker = new Worker(source, { eval: true });
      } catch (error) {
        failed(error);
        return resolve();
      }
      begun++;
      worker.on('error', failed).on('message', (n) => count(n === 600 ? 'answer' : 'wrong')).on('exit', () => {
        ended++;
        resolve();
      });
      try {
        worker.postMessage(1);
      } catch (error) {
        failed(error);
        worker.terminate();
      }
    })));
  }
})();
process.on('exit', () => {
  if (begun !== ended || counts.wrong) throw new Error(`${begun} began, ${ended} ended`);
  console.log(Object.keys(counts).sort().join(' '));
});
