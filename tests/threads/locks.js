// Locks of the process. Output as of Node 26.
'use strict';
const { Worker, locks } = require('worker_threads');
const say = (...a) => console.log(...a);
const ask = async (...a) => {
  try {
    say(await locks.request(...a));
  } catch (e) {
    say(e?.name, e?.code, e?.message ?? e);
  }
};
const facts = async (manager) => {
  const { held, pending } = await manager.query();
  const show = (l) => `${l.name}:${l.mode}:${l.clientId.replace(`node-${process.pid}`, 'thread')}`;
  return `held ${held.map(show).join()} pending ${pending.map(show).join()}`;
};

(async () => {
  const alive = setInterval(() => {}, 1000);
  say(locks === navigator.locks, String(locks), locks.request.length, locks.query.length);
  await ask();
  await ask('x');
  await ask('x', 1);
  await ask('-x', () => 1);
  await ask('x', { mode: 'bad' }, () => 1);
  await ask('x', { steal: true, mode: 'shared' }, () => 1);
  await ask('x', { steal: true, ifAvailable: true }, () => 1);
  await ask('x', { signal: 5 }, () => 1);
  await ask('x', { signal: AbortSignal.abort('why') }, () => 1);
  await ask('x', { signal: new AbortController().signal, steal: true }, () => 1);
  await ask('x', null, () => 5);
  await ask('x', {}, 5);
  await ask('x', async () => {
    throw new Error('in the callback');
  });
  await ask('x', (lock) => `${lock.name} ${lock.mode} ${Object.keys(lock)}`);
  // In order; readers together.
  const order = [];
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.all([
    locks.request('q', async () => {
      order.push('first');
      say(await facts(locks));
      await wait(20);
    }),
    locks.request('q', { mode: 'shared' }, async () => {
      order.push('reader 1');
      await wait(10);
      order.push('reader 1 done');
    }),
    locks.request('q', { mode: 'shared' }, async () => order.push('reader 2')),
    locks.request('q', async () => order.push('writer')),
    locks.request('q', { mode: 'shared' }, async () => order.push('reader 3')),
    locks.request('q', { ifAvailable: true }, (lock) => order.push(`available ${lock}`)),
  ]);
  say(order.join(', '));
  // Withdrawn.
  await locks.request('w', async () => {
    const controller = new AbortController();
    const p = locks.request('w', { signal: controller.signal }, () => say('never'));
    controller.abort('changed my mind');
    await p.catch((e) => say(e));
    say(await facts(locks));
  });
  // Stolen.
  const stolen = locks.request('s', () => new Promise(() => {}));
  stolen.catch((e) => say(e.name, e.code, e.message));
  say(await locks.request('s', { steal: true }, () => 'mine'));
  await wait(10);
  say(await facts(locks));

  // Across threads: a worker's end gives back what it holds.
  const worker = new Worker(`const { locks, parentPort } = require('worker_threads');
    locks.request('t', () => { parentPort.postMessage('held'); return new Promise(() => {}); });
    setTimeout(() => process.exit(), 60);`, { eval: true });
  await new Promise((resolve) => worker.once('message', resolve));
  say((await facts(locks)).replace(/-\d+ pend/, '-N pend'));
  say(await locks.request('t', { ifAvailable: true }, (lock) => lock));
  say(await locks.request('t', () => 'after its end'));
  // A request that waits keeps nothing alive.
  clearInterval(alive);
  locks.request('z', () => new Promise(() => {}));
  locks.request('z', () => say('never'));
})();
process.on('exit', (code) => say('exit', code));
