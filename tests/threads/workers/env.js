// process.env of workers: a copy with values as text, one of its own, or the parent's. Output as of Node 26.
'use strict';
const { Worker, SHARE_ENV } = require('worker_threads');
process.env.FOO = '1';
delete process.env.BACK;

function run(label, source, options) {
  return new Promise((resolve) => {
    const worker = new Worker(`const show = (...a) => require('worker_threads').parentPort.postMessage(a); ${source}`, { eval: true, ...options });
    worker.on('message', (m) => console.log(label, ...m));
    worker.on('exit', resolve);
    options?.after?.();
  });
}

(async () => {
  const body = `show(process.env.FOO, process.env.NOT, 'NOT' in process.env, 'FOO' in process.env);
    process.env.N = 5; show(typeof process.env.N, process.env.N, delete process.env.N, process.env.N);
    process.env.U = undefined; show(process.env.U, typeof process.env.U);
    for (const f of [() => { process.env.S = Symbol(); }, () => Object.defineProperty(process.env, 'g', { get() {} })]) {
      try { f(); } catch (e) { show(e.name); }
    }
    process.env.BACK = 'x'; show({ ...process.env }.BACK, Object.getOwnPropertyDescriptor(process.env, 'BACK'));`;
  await run('copy', body, { after() { process.env.FOO = 'changed later'; } });
  console.log(process.env.BACK, process.env.FOO);
  process.env.FOO = '1';
  await run('own', `${body} show(Object.keys(process.env).sort().join());`, { env: { a: 1, b: {}, c: undefined, d: null, FOO: 'f' } });
  console.log(process.env.BACK);
  await run('shared', 'show(process.env.FOO); process.env.BACK = "y"; delete process.env.FOO;', { env: SHARE_ENV });
  console.log(process.env.BACK, process.env.FOO);
  // A worker's copy is what its own workers get.
  await run('nested', `const { Worker, SHARE_ENV } = require('worker_threads'); process.env.ONLY = 'here';
    const source = 'require("worker_threads").parentPort.postMessage(process.env.ONLY); process.env.UP = "up";';
    new Worker(source, { eval: true }).on('message', (m) => show('copy', m)).on('exit', () => {
      show(process.env.UP);
      new Worker(source, { eval: true, env: SHARE_ENV }).on('message', (m) => show('shared', m)).on('exit', () => show(process.env.UP));
    });`);
  console.log(process.env.ONLY, process.env.UP);
  console.log(await new Promise((resolve) => new Worker('process.chdir', { eval: true }).on('exit', resolve)));
})();
