// SPDX-License-Identifier: MIT
// process.on('SIG...'): listeners are called with name and number, keep nothing alive, and the system's own way is back after the last.
const assert = require('assert');
const { spawn } = require('child_process');
const { signals } = require('os').constants;
const { Worker } = require('worker_threads');

function child(code, onLine) {
  return new Promise((resolve) => {
    const c = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '', seen = 0;
    c.stdout.on('data', (chunk) => {
      text += chunk;
      const lines = text.split('\n');
      for (; seen < lines.length - 1; seen++) onLine?.(c, lines[seen]);
    });
    c.on('close', (status, signal) => resolve([text.trim().replaceAll('\n', ' '), status, signal].join('|')));
  });
}

(async () => {
  // In this process, by itself.
  const got = [];
  const add = (...args) => got.push(args.join());
  process.on('SIGUSR2', add);
  process.once('SIGUSR2', add);
  process.kill(process.pid, 'SIGUSR2');
  while (got.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  process.kill(process.pid, signals.SIGUSR2);
  while (got.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepStrictEqual(got, Array(3).fill(`SIGUSR2,${signals.SIGUSR2}`));
  process.off('SIGUSR2', add);
  assert.throws(() => process.on('SIGKILL', add), { code: 'EINVAL', errno: -22, syscall: 'uv_signal_start', message: 'uv_signal_start EINVAL' });
  assert.strictEqual(process.listenerCount('SIGKILL'), 0);
  process.on('SIGNOTHING', add).off('SIGNOTHING', add);

  const wait = 'setInterval(() => {}, 1000); console.log("ready");';
  const outcomes = await Promise.all([
    child(`process.on("SIGTERM", (s) => { console.log(s); process.exit(7); }); ${wait}`, (c, line) => line === 'ready' && c.kill()),
    child(`process.once("SIGINT", (s) => console.log(s)); ${wait}`, (c) => c.kill('SIGINT')), // the second is the system's
    child(`const f = () => {}; process.on("SIGHUP", f); process.off("SIGHUP", f); ${wait}`, (c) => c.kill('SIGHUP')),
    child('process.on("SIGTERM", () => {}); console.log("ends");'),
    child(`process.on("SIGTERM", () => { throw new RangeError("in it"); }); process.on("uncaughtException", (e, origin) => { console.log(e.message, origin); process.exit(3); }); ${wait}`, (c, line) => line === 'ready' && c.kill()),
    child(`process.on("SIGUSR1", () => Promise.resolve().then(() => console.log("job"))); process.on("SIGUSR1", () => { console.log("two"); setTimeout(process.exit, 1); }); ${wait}`, (c, line) => line === 'ready' && c.kill('SIGUSR1')),
    child(`process.on("SIGTERM", () => { console.log("busy"); process.exit(); }); console.log("ready"); const end = Date.now() + 100; while (Date.now() < end); setInterval(() => {}, 1000);`, (c, line) => line === 'ready' && c.kill()),
  ]);
  assert.deepStrictEqual(outcomes, ['ready SIGTERM|7|', 'ready SIGINT||SIGINT', 'ready||SIGHUP', 'ends|0|', 'ready in it uncaughtException|3|', 'ready two job|0|', 'ready busy|0|']);

  // In a worker nothing is watched.
  const worker = new Worker('process.on("SIGUSR2", () => { throw new Error("not here"); }); require("worker_threads").parentPort.once("message", () => {}).postMessage(1);', { eval: true });
  await new Promise((resolve) => worker.once('message', resolve));
  let seen = 0;
  process.once('SIGUSR2', () => { seen++; });
  process.kill(process.pid, 'SIGUSR2');
  while (seen === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  worker.postMessage(1);
  assert.strictEqual(await new Promise((resolve) => worker.once('exit', resolve)), 0);
})();
