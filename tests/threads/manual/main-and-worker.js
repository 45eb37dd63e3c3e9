// SPDX-License-Identifier: MIT
// What the manual of worker_threads promises of one file that is main program and worker at once: the roles, data, messages both ways,
// environment data, shared environment, a ring of broadcasts, names, limits, locks, direct messages to threads, ending.
'use strict';
const {
  BroadcastChannel, SHARE_ENV, Worker, getEnvironmentData, isInternalThread, isMainThread, locks, parentPort, postMessageToThread, resourceLimits,
  setEnvironmentData, threadId, threadName, workerData,
} = require('node:worker_threads');
const { once } = require('node:events');

// Neither a request for a lock that waits nor a listener of 'workerMessage' keeps a thread alive.
const alive = ['lock', 'direct'].includes(workerData?.role) ? setInterval(() => {}, 1000) : undefined;
const roles = {
  facts: () => [isMainThread, isInternalThread, typeof threadId, threadName, resourceLimits.stackSizeMb, parentPort !== null],
  data: () => [workerData.given, getEnvironmentData('greeting'), getEnvironmentData('removed'), process.argv.slice(2)],
  mirror: () => new Promise((resolve) => { parentPort.once('message', (message) => resolve({ mirrored: message })); }),
  share: () => { process.env.SET_BY_A_WORKER = 'yes'; return process.env.SET_BY_MAIN; },
  shout: () => {
    const channel = new BroadcastChannel('square');
    channel.postMessage(`worker ${workerData.number}`);
    channel.close();
  },
  lock: () => locks.request('only one', async (lock) => {
    clearInterval(alive);
    const counter = new Int32Array(workerData.shared);
    const before = counter[0];
    await new Promise((resolve) => { setTimeout(resolve, 2); });
    counter[0] = before + 1; // would be lost without the lock
    return `${lock.name} ${lock.mode}`;
  }),
  direct: () => new Promise((resolve) => {
    process.once('workerMessage', (value, source) => resolve([value, source, clearInterval(alive)].slice(0, 2)));
    parentPort.postMessage('listening');
  }),
  fail: () => { throw Object.assign(new RangeError('from the worker'), { code: 'E_WORKER' }); },
  leave: () => process.exit(9),
};

async function main() {
  const start = (role, options = {}) => new Worker(__filename, { ...options, workerData: { role, ...options.workerData } });
  const answer = async (role, options) => {
    const worker = start(role, options);
    return (await Promise.all([once(worker, 'message'), once(worker, 'exit')])).flat();
  };
  console.log('main', isMainThread, isInternalThread, threadId, JSON.stringify(threadName), parentPort, workerData, resourceLimits);
  console.log('facts', await answer('facts', { name: 'named', resourceLimits: { stackSizeMb: 2 } }));
  setEnvironmentData('greeting', { hello: ['world'] });
  setEnvironmentData('removed', 1);
  setEnvironmentData('removed');
  console.log('data', await answer('data', { argv: ['x', 5], workerData: { given: new Map([[1, { two: 2n }]]) } }));
  const mirror = start('mirror');
  mirror.postMessage(['sent before it listens']);
  console.log('mirror', ...(await Promise.all([once(mirror, 'message'), once(mirror, 'exit')])).flat());
  process.env.SET_BY_MAIN = 'seen';
  console.log('shared', await answer('share', { env: SHARE_ENV }), process.env.SET_BY_A_WORKER);
  delete process.env.SET_BY_A_WORKER;
  console.log('copied', await answer('share'), process.env.SET_BY_A_WORKER);

  const square = new BroadcastChannel('square');
  const heard = [];
  const all = new Promise((resolve) => {
    square.onmessage = (event) => {
      heard.push(event.data);
      if (heard.length === 10) resolve(square.close());
    };
  });
  for (let number = 0; number < 10; number++) start('shout', { workerData: { number } });
  await all;
  console.log('broadcast', heard.sort());

  const shared = new SharedArrayBuffer(4);
  console.log('locks', await Promise.all([1, 2, 3, 4].map(() => answer('lock', { workerData: { shared } }))), new Int32Array(shared)[0]);

  const listener = start('direct');
  await once(listener, 'message');
  const told = once(listener, 'message');
  console.log('direct', await postMessageToThread(listener.threadId, { direct: [1] }, 1000), (await told)[0]);
  for (const id of [threadId, 123456]) await postMessageToThread(id, 'x').catch((error) => console.log('direct', error.code));

  const failing = start('fail');
  const [error, failed] = await Promise.all(['error', 'exit'].map((name) => new Promise((resolve) => { failing.on(name, resolve); })));
  console.log('fail', error instanceof RangeError, error.message, error.code, failed, failing.threadId);
  console.log('leave', (await once(start('leave'), 'exit'))[0]);
  const endless = new Worker('for (;;);', { eval: true });
  await once(endless, 'online');
  console.log('terminate', await endless.terminate(), await endless.terminate());
  {
    await using scoped = new Worker('setInterval(() => {}, 1000)', { eval: true });
    scoped.once('exit', (code) => console.log('disposed', code));
    await once(scoped, 'online');
  }
  const piped = new Worker('process.stdin.on("data", (d) => process.stdout.write(String(d).toUpperCase()))', { eval: true, stdin: true, stdout: true });
  let out = '';
  piped.stdout.on('data', (chunk) => (out += chunk));
  piped.stdin.end('through the worker');
  await once(piped.stdout, 'end');
  console.log('piped', out);
}

if (isMainThread) main();
else Promise.resolve(roles[workerData.role]()).then((value) => { if (value !== undefined) parentPort.postMessage(value); });
