// SPDX-License-Identifier: MIT
// cluster: forking, events in order, messages, the ways in which workers end, disconnecting all.
'use strict';
const cluster = require('cluster');
const { once } = require('events');
const path = require('path');

const print = (...all) => console.log(...all);
print(Object.keys(cluster), cluster.isPrimary, cluster.isWorker, cluster.workers, cluster.settings, cluster.schedulingPolicy, cluster instanceof require('events'));
cluster.setupPrimary({ exec: path.join(__dirname, 'fixtures', 'worker.js'), args: ['one'] });
print(Object.keys(cluster.settings), cluster.settings.args, cluster.settings.silent);

function trace(worker) {
  const log = [];
  const show = (v) => (v instanceof cluster.Worker ? `w${v.id}` : JSON.stringify(v));
  const listeners = ['fork', 'online', 'disconnect', 'exit'].map((name) => [name, (...all) => { if (all[0] === worker) log.push(`cluster ${name} ${all.map(show)}`); }]);
  for (const [name, f] of listeners) cluster.on(name, f);
  for (const name of ['online', 'disconnect', 'exit', 'error']) worker.on(name, (...all) => log.push(`${name} ${all.map(show)}`));
  return log;
}

async function start() {
  const worker = cluster.fork({ GIVEN: 'given' });
  const log = trace(worker);
  const [facts] = await once(worker, 'message');
  return [worker, log, facts];
}
const ended = async (worker) => {
  let left = 2;
  await new Promise((resolve) => { for (const name of ['exit', 'disconnect']) worker.on(name, () => --left === 0 && resolve()); });
  await new Promise((resolve) => { worker.process.on('close', resolve); setTimeout(resolve, 30); });
};

(async () => {
  cluster.once('setup', (settings) => print('setup', settings === cluster.settings));
  const [first, log, facts] = await start();
  print(facts, first.id, Object.keys(first), Object.keys(cluster.workers), first.isDead(), first.isConnected(), first.exitedAfterDisconnect);
  cluster.once('message', (worker, message) => print('cluster message', worker.id, message));
  first.send({ a: [1] });
  print((await once(first, 'message'))[0]);
  first.disconnect();
  print(Object.keys(cluster.workers));
  await ended(first);
  print(log, first.isDead(), first.isConnected(), first.exitedAfterDisconnect, first.state);
  for (const way of ['exit', 'disconnect', 'kill']) {
    const [worker, log] = await start();
    worker.send(way);
    await ended(worker);
    print(way, log, worker.exitedAfterDisconnect, Object.keys(cluster.workers));
  }
  const [killed, log5] = await start();
  killed.kill('SIGKILL');
  await ended(killed);
  print('killed', log5, killed.exitedAfterDisconnect, killed.process.signalCode);
  const some = await Promise.all([start(), start(), start()]);
  print(Object.keys(cluster.workers).length);
  await new Promise((resolve) => { cluster.disconnect(resolve); });
  await Promise.all(some.map(([worker]) => (worker.isDead() ? undefined : once(worker, 'exit'))));
  print(some.map(([worker]) => [worker.process.exitCode, worker.exitedAfterDisconnect]), Object.keys(cluster.workers));
  await new Promise((resolve) => { cluster.disconnect(resolve); });
  print(new cluster.Worker({ id: 5, state: 'mine' }).id, cluster.Worker().state);
})();
