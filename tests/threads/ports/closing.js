// SPDX-License-Identifier: MIT
// Who closes hears of it first, and is waited for; a message for an end without reference is not, when nothing else keeps the loop alive.
'use strict';
const { MessageChannel } = require('worker_threads');

function pair(name) {
  const { port1, port2 } = new MessageChannel();
  for (const [port, end] of [[port1, 1], [port2, 2]]) {
    port.on('message', (m) => console.log(name, end, 'got', m));
    port.on('close', () => console.log(name, end, 'is closed'));
    port.unref();
  }
  return [port1, port2];
}

const turns = [
  () => { // the other end has closed; what it sent is not wanted
    const { port1, port2 } = new MessageChannel();
    port2.on('close', () => console.log('unread port is closed'));
    port1.postMessage('unread');
    port1.close();
    setImmediate(() => port2.close());
  },
  () => pair('first')[0].close(),
  () => pair('second')[1].close(() => console.log('called')),
  () => {
    const [a, b] = pair('third');
    b.postMessage('delivered');
    b.close();
    return a;
  },
  () => {
    const [a, b] = pair('fourth');
    b.postMessage('nobody waits for this');
    process.nextTick(() => a.postMessage('nor for this'));
    return Promise.resolve().then(() => b.postMessage('nor for that'));
  },
];
process.on('beforeExit', () => {
  console.log('beforeExit');
  turns.shift()?.();
  if (turns.length > 0) setImmediate(() => {});
});
