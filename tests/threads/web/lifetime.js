// When Web workers end: never by themselves; by terminate(), by close(), with an error. flags for Node: --experimental-web-worker
'use strict';
const { dataUrl, hear, runAll } = require('./lib/web.js');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// A worker that ends by itself cannot say so: a port of it closes.
const closing = (script) => new Promise((resolve) => {
  const lines = [], { port1, port2 } = new MessageChannel();
  const worker = new Worker(dataUrl(script));
  worker.onmessage = (e) => lines.push(`message ${JSON.stringify(e.data)}`);
  worker.onerror = (e) => lines.push(`error ${e.message}`);
  port1.on('close', () => setImmediate(() => resolve([...lines, 'ended'])));
  port1.ref();
  worker.postMessage(port2, [port2]);
});
const withPort = 'let port; onmessage = (e) => { port = e.data; go(); };';

runAll({
  'lives without listeners': () => hear('setTimeout(() => { postMessage("still here"); postMessage("end"); }, 20)'),
  'messages before there is a listener are lost': () => hear('setTimeout(() => { onmessage = (e) => { postMessage(e.data); postMessage("end"); }; postMessage("ready"); }, 5)', undefined,
    (worker) => {
      worker.postMessage('early');
      worker.addEventListener('message', (e) => e.data === 'ready' && worker.postMessage('in time'));
    }),
  'messages wait for the script': () => hear('for (let end = Date.now() + 20; Date.now() < end;); onmessage = (e) => { postMessage(e.data); postMessage("end"); };', undefined,
    (worker) => worker.postMessage('posted at once')),
  'close': () => closing(`${withPort} function go() { postMessage(1); close(); close(); postMessage(2); Promise.resolve().then(() => console.log('microtasks still run'));
    setTimeout(() => console.log('timers do not'), 0); setImmediate(() => console.log('immediates do not')); process.on('exit', () => console.log('nor exit handlers')); }`),
  'close in a microtask': () => closing(`${withPort} function go() { queueMicrotask(() => { close(); queueMicrotask(() => queueMicrotask(() => console.log('the turn ends first'))); }); setInterval(() => {}, 1); }`),
  'process.exit': () => closing(`${withPort} function go() { postMessage(1); process.exit(5); }`),
  'an error': () => closing(`${withPort} function go() { throw new Error('over'); }`),
  'terminate drops what is under way': async () => {
    let count = 0;
    const worker = new Worker(dataUrl('setInterval(() => postMessage(1), 1); for (let i = 0; i < 100; i++) postMessage(i);'));
    await new Promise((resolve) => {
      worker.onmessage = () => {
        if (++count === 1) resolve(worker.terminate());
      };
    });
    await sleep(20);
    return [`heard ${count}`];
  },
  'terminate stops anything': async () => {
    const started = performance.now();
    for (const script of ['for (;;);', 'const f = () => queueMicrotask(f); f();', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', 'importScripts("data:text/javascript,for(;;);")']) {
      const { port1, port2 } = new MessageChannel(), worker = new Worker(dataUrl(`postMessage(0); onmessage = () => { ${script} };`));
      await new Promise((resolve) => {
        worker.onmessage = () => {
          worker.postMessage(port2, [port2]);
          setTimeout(() => worker.terminate(), 5);
        };
        port1.on('close', resolve);
        port1.ref();
      });
    }
    return [`in time: ${performance.now() - started < 5000}`];
  },
  'many': async () => {
    let sum = 0;
    await Promise.all(Array.from({ length: 20 }, (_, i) => new Promise((resolve) => {
      const worker = new Worker(dataUrl('onmessage = (e) => { postMessage(e.data * 2); close(); }'));
      worker.onmessage = (e) => resolve(sum += e.data);
      worker.postMessage(i);
    })));
    return [`sum ${sum}`];
  },
}).then(() => {
  new Worker(dataUrl('onmessage = () => {}'))[Symbol.for('nodejs.unref')](); // and the process ends
});
