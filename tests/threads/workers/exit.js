// How workers end and with which code; what was sent before arrives before 'exit'. Output as of Node 26.
'use strict';
const { Worker } = require('worker_threads');

function run(label, source, options) {
  return new Promise((resolve) => {
    const seen = [];
    const worker = new Worker(source, { eval: true, stdout: true, stderr: true, ...options });
    worker.on('message', (m) => seen.push(m));
    worker.on('error', (e) => seen.push(`error ${e?.message}`));
    worker.on('exit', (code) => {
      console.log(label, code, seen.join(' '), worker.threadId, worker.threadName, worker.resourceLimits);
      console.log(' ', worker.postMessage(() => 1), worker.ref(), worker.unref());
      worker.terminate().then((v) => {
        console.log(' ', v);
        resolve();
      });
    });
  });
}
function many(source) {
  return new Promise((resolve) => {
    let n = 0;
    const worker = new Worker(source, { eval: true });
    worker.on('message', () => n++);
    worker.on('exit', (code) => {
      console.log('many', n, code);
      resolve();
    });
  });
}

const prefix = 'const { parentPort } = require("worker_threads"); const post = (m) => parentPort.postMessage(m);';

(async () => {
  await run('natural', '1');
  await run('exit 3', 'process.exit(3)');
  await run('exit 300', 'process.exit(300)');
  await run('exit text', 'process.exit("7")');
  await run('exitCode', 'process.exitCode = 9');
  await run('throw', 'throw new Error("x")');
  await run('throw and exitCode', 'process.on("exit", () => { process.exitCode = 33; }); throw new Error("x")');
  await run('never settled', 'await new Promise(() => {})');
  await run('finally', `${prefix} process.on("exit", (c) => post("handler" + c)); try { post("before"); process.exit(4); } finally { post("finally"); }`);
  await run('in a promise', `${prefix} Promise.resolve().then(() => process.exit(5)).finally(() => post("finally")); post("a")`);
  await run('beforeExit', `${prefix} let n = 0; process.on("beforeExit", () => { post("be" + n); if (n++ < 1) setTimeout(() => post("t"), 5); })`);
  await many(`${prefix} for (let i = 0; i < 20000; i++) post(1); process.exit(6)`);
  await run('port closed', `${prefix} parentPort.close(); setTimeout(() => process.exit(8), 5); post("dropped")`);
  await run('listener', `${prefix} parentPort.on("message", () => {}); setTimeout(() => parentPort.close(), 10)`);
  await run('unref', `${prefix} parentPort.on("message", () => {}); parentPort.unref()`);
  await run('off', `${prefix} const f = () => {}; parentPort.on("message", f); setTimeout(() => parentPort.off("message", f), 10)`);
  await run('onmessage', `${prefix} parentPort.onmessage = () => {}; setTimeout(() => { parentPort.onmessage = null; }, 10)`);

  // Events come in order, the listeners are gone afterwards, output ends after 'exit'.
  const worker = new Worker('console.log("out"); console.error("err")', { eval: true, stdout: true, stderr: true });
  const events = [];
  for (const name of ['online', 'exit']) worker.on(name, () => events.push(name));
  for (const name of ['stdout', 'stderr']) {
    worker[name].setEncoding('utf8');
    worker[name].on('data', (d) => events.push(`${name} ${d.trim()}`));
    worker[name].on('end', () => events.push(`${name} end`));
  }
  worker.once('exit', () => setTimeout(() => {
    console.log(events[0], events.slice(1, 3).sort(), events[3], events.slice(4).sort(), worker.eventNames().length);
  }, 20));
})();
