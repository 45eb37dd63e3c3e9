// A port in another realm: what arrives are objects of that realm. Output as of Node 26.
'use strict';
const vm = require('vm');
const { MessageChannel, moveMessagePortToContext } = require('worker_threads');
const context = vm.createContext();
const { port1, port2 } = new MessageChannel();
for (const args of [[], [1, context], [port1], [port1, {}], [port1, 5]]) {
  try {
    moveMessagePortToContext(...args);
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
port2.postMessage('before the move');
const moved = moveMessagePortToContext(port1, context);
console.log(moved !== port1, typeof moved.on, typeof moved.addEventListener, typeof moved.start, typeof moved.close, typeof moved.ref,
  moved instanceof Object, moved instanceof vm.runInContext('Object', context));
context.moved = moved;
context.log = (...a) => console.log(...a);
vm.runInContext(`moved.onmessage = (e) => {
  log(Object.keys(e).join(), typeof e.data === 'string' ? e.data : [e.data instanceof Object, e.data.list instanceof Array, e.data.n], e.target === moved);
}`, context);
port2.on('message', (m) => console.log('back', m, m instanceof Array));
port2.on('close', () => console.log('closed'));
port2.postMessage({ n: 1, list: [2] });
moved.start();
setTimeout(() => moved.postMessage([1]), 20);
setTimeout(() => moved.close(), 50);
