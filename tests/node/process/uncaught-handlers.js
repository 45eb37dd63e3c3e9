// SPDX-License-Identifier: MIT
// uncaughtException, unhandledRejection, rejectionHandled and their order.
'use strict';
const late = Promise.reject(new Error('late'));
process.on('uncaughtExceptionMonitor', (e, origin) => console.log('monitor', e.message, origin));
process.on('uncaughtException', (e, origin) => console.log('uncaught', e.message ?? e, origin));
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason instanceof Error ? reason.message : reason, promise instanceof Promise);
});
process.on('rejectionHandled', (p) => console.log('handled later', p === late));
Promise.reject(1);
Promise.reject(new Error('two'));
Promise.reject(3).catch(() => console.log('caught in time'));
setTimeout(() => late.catch(() => console.log('caught late')), 60);
setTimeout(() => {
  throw new Error('from timer');
}, 30);
process.nextTick(() => {
  throw new Error('from tick');
});
process.nextTick(() => console.log('next tick still runs'));
setImmediate(() => {
  throw 'string';
});
queueMicrotask(() => {
  throw new Error('from microtask');
});
