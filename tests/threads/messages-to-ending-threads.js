// Mail to a thread that ends before it answers: the sender hears of it.
'use strict';
const { Worker, postMessageToThread } = require('worker_threads');
const assert = require('assert');
const start = async (text) => {
  const worker = new Worker(`require('worker_threads').parentPort.postMessage(1); ${text}`, { eval: true });
  await new Promise((resolve) => worker.once('message', resolve));
  worker.exit = new Promise((resolve) => worker.once('exit', resolve));
  return worker;
};
const failed = (promise) => assert.rejects(promise, { code: 'ERR_WORKER_MESSAGING_FAILED' });

(async () => {
  const busy = await start('process.on("workerMessage", () => {}); for (;;);');
  const answers = [1, 2, 3].map((n) => failed(postMessageToThread(busy.threadId, n)));
  await busy.terminate();
  await Promise.all(answers);
  const leaving = await start('process.on("workerMessage", () => process.exit(5)); setTimeout(() => {}, 1e6);');
  const shared = new SharedArrayBuffer(8);
  await Promise.all([failed(postMessageToThread(leaving.threadId, { shared })), failed(postMessageToThread(leaving.threadId, 2))]);
  assert.strictEqual(await leaving.exit, 5);
  const sleeping = await start('process.on("workerMessage", () => { for (;;); }); setTimeout(() => {}, 1e6);');
  const answer = failed(postMessageToThread(sleeping.threadId, 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await sleeping.terminate();
  await answer;
  // It ends by itself in the turn in which the mail comes.
  for (let i = 0; i < 50; i++) {
    const short = await start('process.on("workerMessage", () => {});');
    const { threadId } = short;
    if (threadId === -1) continue;
    await postMessageToThread(threadId, i).then(() => {}, (e) => assert.strictEqual(e.code, 'ERR_WORKER_MESSAGING_FAILED'));
    await short.exit;
  }
  process.exitCode = 0;
})();
process.exitCode = 7;
