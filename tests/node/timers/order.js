// SPDX-License-Identifier: MIT
// The order of ticks, microtasks, timers and immediates.
'use strict';
const log = (s) => process.stdout.write(s + '\n');
setTimeout(() => log('timeout 1'), 1);
setTimeout(() => log('timeout 10'), 10);
setTimeout(() => log('timeout 5'), 5);
setImmediate(() => {
  log('immediate');
  process.nextTick(() => log('tick in immediate'));
  Promise.resolve().then(() => log('micro in immediate'));
  setImmediate(() => log('nested immediate'));
});
setImmediate(() => log('immediate 2'));
process.nextTick(() => {
  log('tick');
  Promise.resolve().then(() => {
    log('micro from tick');
    process.nextTick(() => log('tick from micro'));
  });
});
Promise.resolve().then(() => log('micro'));
queueMicrotask(() => log('queueMicrotask'));
(async () => {
  log('async start');
  await null;
  log('async after await');
})();
const busy = Date.now() + 25; // all of the above are due
while (Date.now() < busy);
log('end of script');
let n = 0;
const interval = setInterval(() => {
  log(`interval ${++n}`);
  if (n === 3) clearInterval(interval);
}, 20);
setTimeout(() => {
  log('outer 60');
  setTimeout(() => log('inner'), 0);
  setImmediate(() => log('immediate before inner'));
}, 100);
