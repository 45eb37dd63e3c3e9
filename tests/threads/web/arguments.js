// What new Worker and its methods take.
'use strict';
const { outcome, dataUrl } = require('./lib/web.js');

console.log(Object.getOwnPropertyNames(Worker.prototype).join(), Worker.length, Worker.name, Object.prototype.toString.call(Worker.prototype));
console.log(JSON.stringify({ ...Object.getOwnPropertyDescriptor(globalThis, 'Worker'), value: 0 }), Object.getPrototypeOf(Worker) === EventTarget);
console.log(outcome(() => new Worker()));
console.log(outcome(() => Worker('x')));
for (const url of ['https://a:b:c', 'http://x/', 'ftp://x', 'node:fs', Symbol('x')]) console.log(outcome(() => new Worker(url)));
for (const options of ['x', 5, Symbol(), { type: 'bogus' }, { type: null }, { credentials: 'x' }]) {
  console.log(outcome(() => new Worker('unused.js', options)));
}
const order = [];
const spy = (name, value) => ({ toString() { order.push(name); return value; } });
outcome(() => new Worker(spy('url', 'https://a/'), { get type() { order.push('get type'); return spy('type', 'module'); }, get name() { order.push('get name'); return spy('name', 'n'); },
  get credentials() { order.push('get credentials'); return spy('credentials', 'omit'); } }));
console.log(order.join());

const worker = new Worker(dataUrl('onmessage = (e) => postMessage(e.data)'), { name: null });
for (const args of [[], [1, 5], [1, [5]], [1, [null]], [1, { transfer: 5 }], [1, { transfer: null }], [1, { transfer: [5] }], [() => {}], [1, null], [2, undefined], [3, {}], [4, []]]) {
  console.log(outcome(() => worker.postMessage(...args)));
}
let seen = 0;
worker.onmessage = function(e) {
  console.log(this === worker, e.target === worker, e.constructor.name, e.data, e.ports.length);
  if (++seen < 4) return;
  worker.terminate();
  worker.terminate();
  console.log(outcome(() => worker.postMessage(() => {})), outcome(() => worker.postMessage(1)));
};
console.log(worker.onerror, worker.onmessageerror, typeof worker.onmessage, Object.keys(worker).length);
