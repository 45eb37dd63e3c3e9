// SPDX-License-Identifier: MIT
// The worker of tinypool.js, on threads and in processes.
import {threadId, isMainThread} from 'node:worker_threads';
import {workerId} from 'tinypool';
import tasks from './tasks.js';

let calls = 0;
export default (task) => ({task, main: isMainThread, pool: process.__tinypool_state__.isTinypoolWorker, id: typeof process.__tinypool_state__.workerId});
export const primes = tasks.primes;
export const queens = (n) => tasks.queens(n);
export const fail = tasks.fail;
export const fail_later = async (kind) => { await tasks.sleep(1); return tasks.fail(kind); };
export const forever = tasks.forever;
export const hang = () => new Promise((resolve) => { setInterval(() => {}, 1000, resolve); });
export const exit = (code) => process.exit(code);
export const count = () => ++calls;
export const sleep = async (ms) => { await tasks.sleep(ms); return ms; };
export const which = async (ms) => { await tasks.sleep(ms); return [process.pid, threadId, workerId]; };
export const scale = (bytes) => tasks.scale(bytes, 3);
export const environment = () => [process.argv.slice(2), process.env.POOL_TEST, process.__tinypool_state__.workerData];
export const talk = ({port}) => new Promise((resolve) => {
  port.on('message', (message) => {
    port.postMessage({got: message});
    if (message === 'end') resolve('ended');
  });
});
export const chat = () => new Promise((resolve) => {
  process.on('message', function listen(message) {
    if (message?.__tinypool_worker_message__) return;
    process.send({got: message});
    if (message !== 'end') return;
    process.off('message', listen);
    resolve('ended');
  });
  process.send('ready');
});
export const named_teardown = async () => { await tasks.sleep(1); };
