// What the program of a Web worker sees.
'use strict';
const { hear, runAll } = require('./lib/web.js');

const show = (...expressions) => expressions.map((e) => `try { postMessage([${JSON.stringify(e)}, String(${e})]); } catch (e) { postMessage([${JSON.stringify(e)}, e.name, e.message, e.code]); }`).join('\n') + '; postMessage("end");';
const descriptors = `const find = (key) => { for (let o = self, i = 0; o; o = Object.getPrototypeOf(o), i++) {
  const d = Object.getOwnPropertyDescriptor(o, key);
  if (d) return [i > 0, d.enumerable, d.configurable, d.get ? 'get' : '', d.set ? 'set' : ''].join(' '); } };`;

runAll({
  'the global object': () => hear(show('self === globalThis', 'self.constructor.name', 'self instanceof EventTarget', 'self instanceof WorkerGlobalScope',
    'self instanceof DedicatedWorkerGlobalScope', 'new WorkerGlobalScope()', 'new DedicatedWorkerGlobalScope()', 'new WorkerLocation()',
    'new WorkerNavigator()', 'typeof process', 'typeof require', 'typeof Worker', 'typeof structuredClone', 'typeof MessageChannel',
    'typeof BroadcastChannel', 'Object.prototype.toString.call(self)', '(function() { return this === self; })()')),
  'its properties': () => hear(descriptors + show(...['self', 'name', 'location', 'navigator', 'onmessage', 'onmessageerror', 'onerror', 'onunhandledrejection',
    'onrejectionhandled', 'onlanguagechange', 'ononline', 'onoffline', 'postMessage', 'close', 'importScripts', 'addEventListener', 'dispatchEvent',
    'removeEventListener', 'WorkerGlobalScope', 'DedicatedWorkerGlobalScope', 'WorkerNavigator', 'WorkerLocation'].map((k) => `find("${k}")`))),
  'name, location, navigator': () => hear(show('name', 'name = "other"', 'name', 'location = 5', 'location.href.slice(0, 10)', 'String(location) === location.href',
    'location.origin', 'Object.prototype.toString.call(location)', 'navigator.hardwareConcurrency > 0', 'navigator instanceof WorkerNavigator',
    'Object.prototype.toString.call(navigator)', 'navigator.onLine', 'navigator.appName', 'navigator.product', 'navigator.appCodeName',
    'navigator.language', 'typeof navigator.locks.request', 'Object.getOwnPropertyNames(WorkerLocation.prototype)',
    'Object.getOwnPropertyNames(WorkerNavigator.prototype)'), { name: 'given' }),
  'handlers': () => hear(show('onmessage', 'onmessage = 5', 'onmessage', 'onerror', 'onerror = 5', 'onerror', 'postMessage()', 'postMessage(1, 5)',
    'postMessage(1, [5])', 'postMessage(1, { transfer: 5 })', 'postMessage(() => {})', 'postMessage(1, null)', 'postMessage(1, {})')),
  'events': () => hear(`addEventListener('mine', (e) => postMessage([e.type, e.target === self, e.currentTarget === self]));
    dispatchEvent(new Event('mine')); self.dispatchEvent(new Event('mine')); const f = () => postMessage('never');
    self.addEventListener('mine', f); removeEventListener('mine', f); dispatchEvent(new Event('mine')); postMessage('end');`),
  'messages': () => hear(`onmessage = function(e) { postMessage([this === self, e.target === self, e.constructor.name, e.data, e.ports.length, e.origin, e.source]); };
    addEventListener('message', (e) => { if (e.ports.length > 0) e.ports[0].postMessage('through a port'); });`, undefined, (worker, lines) => {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (m) => {
      lines.push(m);
      port2.close();
      worker.dispatchEvent(new MessageEvent('message', { data: 'end' }));
    });
    const buffer = new ArrayBuffer(8);
    worker.postMessage([buffer.byteLength], [buffer]);
    lines.push(`detached ${buffer.detached}`);
    worker.postMessage('with a port', { transfer: [port1] });
  }),
  'parentPort beside self': () => hear(`const { parentPort, workerData, isMainThread, threadName } = process.getBuiltinModule('worker_threads');
    postMessage([workerData, isMainThread, threadName]);
    parentPort.on('message', (m) => { parentPort.postMessage(['port', m]); postMessage('end'); });
    onmessage = (e) => postMessage(['self', e.data]);`, { name: ' n ' }, (worker) => worker.postMessage(5)),
});
