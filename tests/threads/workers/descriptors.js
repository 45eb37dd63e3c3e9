// Descriptors that a worker leaves open are closed at its end, unless trackUnmanagedFds is false.
'use strict';
const { Worker } = require('worker_threads');
const fs = require('fs');

async function run(src, opts) { const w = new Worker(src, { eval: true, ...opts }); let m; w.on('message', (v) => m = v); w.on('error', (e) => console.log('error', e)); await new Promise((r) => w.on('exit', r)); return m; }
const state = (fd) => { try { fs.fstatSync(fd); return 'open'; } catch (e) { return e.code; } };
(async () => {
  const open = `const fs = require('fs'); const { parentPort } = require('worker_threads'); process.on('warning', (w) => console.log('worker warning', w.name, w.message.replace(/\\d+/, 'N'), w.code));`;
  let fd = await run(open + `parentPort.postMessage(fs.openSync(${JSON.stringify(__filename)}));`); console.log('sync default', state(fd));
  fd = await run(open + `parentPort.postMessage(fs.openSync(${JSON.stringify(__filename)}));`, { trackUnmanagedFds: false }); console.log('sync false', state(fd)); fs.closeSync(fd);
  fd = await run(open + `fs.open(${JSON.stringify(__filename)}, (e, fd) => parentPort.postMessage(fd));`); console.log('async', state(fd));
  fd = await run(open + `fs.promises.open(${JSON.stringify(__filename)}).then((h) => { globalThis.h = h; parentPort.postMessage(h.fd); });`); console.log('handle', state(fd));
  fd = await run(open + `const fd = fs.openSync(${JSON.stringify(__filename)}); fs.closeSync(fd); parentPort.postMessage(fd);`); console.log('closed', state(fd));
  const mine = fs.openSync(__filename); await run(open + `fs.closeSync(${mine});`); console.log('closed by worker', state(mine));
  const mine2 = fs.openSync(__filename); await run(open + `setTimeout(() => {}, 5)`); console.log('mine', state(mine2));
  await run(open + `const fd = fs.openSync(${JSON.stringify(__filename)}); fs.closeSync(fd); try { fs.closeSync(fd); } catch (e) { console.log(e.code); }`);
  fd = await run(open + `const fd = fs.openSync(${JSON.stringify(__filename)}); parentPort.postMessage(fd); process.exit()`); console.log('exit', state(fd));
  fd = await run(open + `const fd = fs.openSync(${JSON.stringify(__filename)}); const s = fs.createReadStream(null, { fd, autoClose: false }); s.on('data', () => {}); s.on('end', () => parentPort.postMessage(fd));`); console.log('stream', state(fd));
  fs.closeSync(mine2);
  const w = new Worker(open + `parentPort.postMessage(fs.openSync(${JSON.stringify(__filename)})); setInterval(() => {}, 1000)`, { eval: true }); w.once('message', async (fd) => { console.log('while', state(fd)); await w.terminate(); console.log('terminated', state(fd)); 
   console.log(await run(open + `try { fs.closeSync(${fd}); } catch (e) { parentPort.postMessage(e.code); }`));
   for (const v of [0, 'x', null]) { console.log(state(await run(open + `parentPort.postMessage(fs.openSync(${JSON.stringify(__filename)}));`, { trackUnmanagedFds: v }))); }
   const count = () => fs.readdirSync('/proc/self/fd').length, before = count();
   for (let i = 0; i < 30; i++) {
     const w = new Worker(open + `fs.openSync(${JSON.stringify(__filename)}); for (let i = 0; i < 5; i++) fs.open(${JSON.stringify(__filename)}, () => {}); parentPort.postMessage(0); setInterval(() => {}, 1000)`, { eval: true });
     await new Promise((r) => w.once('message', r));
     await w.terminate();
   }
   console.log('left over by workers that were ended while opening', Math.max(0, count() - before - 4)); // a loop's own
  });
})();
