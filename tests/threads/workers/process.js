// What of process is a worker's own, what is refused. Output as of Node 26.
'use strict';
const { Worker } = require('worker_threads');
const worker = new Worker(`
const { parentPort } = require('worker_threads');
const say = (...a) => parentPort.postMessage(a);
for (const f of ['chdir', 'abort', 'setuid', 'umask', 'setgroups', 'initgroups', 'setgid', 'setegid', 'seteuid']) {
  try { process[f](1); say(f); } catch (e) { say(f, e.name, e.code, e.message); }
}
say(typeof process.umask(), process.pid, process.send, process.connected);
say(process.stdout.fd, process.stdout.isTTY, process.stdout.constructor.name, process.stdin.constructor.name, process.stdin.isTTY);
process.on('SIGUSR2', () => {});
say(typeof self, typeof window, typeof importScripts, typeof postMessage, typeof onmessage, typeof structuredClone, typeof performance.now());
say(process.argv.length, process.argv[1], process.exitCode);
process.title = 'changed'; say(process.title);
say(process.cwd());
`, { eval: true });
const { title } = process;
worker.on('message', (m) => {
  console.log(...m.map((x) => (x === process.pid ? 'pid' : x === process.cwd() ? 'cwd' : x)));
});
worker.on('error', console.log);
worker.on('exit', (code) => {
  console.log(code, process.title === title);
  // The main thread's working directory is everyone's.
  const other = new Worker(`const { parentPort } = require('worker_threads'); process.cwd();
    parentPort.once('message', () => parentPort.postMessage(process.cwd())); parentPort.postMessage('ready');`, { eval: true });
  other.once('message', () => {
    process.chdir('/');
    other.once('message', (cwd) => console.log(cwd));
    other.postMessage('go');
  });
});
