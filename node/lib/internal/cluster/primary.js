// SPDX-License-Identifier: MIT
// cluster in the primary: forks workers and keeps the list of those that live.
'use strict';

const EventEmitter = require('events');
const { Worker, send, receiver } = require('internal/cluster/worker');
const { validateOneOf } = require('internal/validators');

const cluster = new EventEmitter();
const intercom = new EventEmitter(); // 'disconnect': no worker is left
let isSetUp = false;
let lastId = 0;

module.exports = cluster;
cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = 1;
cluster.SCHED_RR = 2;
cluster.schedulingPolicy = process.env.NODE_CLUSTER_SCHED_POLICY === 'none' ? cluster.SCHED_NONE : cluster.SCHED_RR;

cluster.setupPrimary = function(options) {
  const settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false, ...cluster.settings, ...options };
  cluster.settings = settings;
  process.nextTick(() => cluster.emit('setup', settings));
  if (isSetUp) return;
  isSetUp = true;
  validateOneOf(cluster.schedulingPolicy, 'cluster.schedulingPolicy', [cluster.SCHED_NONE, cluster.SCHED_RR]);
};
cluster.setupMaster = cluster.setupPrimary;

function startProcess(id, env) {
  const { exec, args, execArgv, cwd, serialization, silent, windowsHide, stdio, uid, gid } = cluster.settings;
  return require('child_process').fork(exec, args, {
    cwd, serialization, silent, windowsHide, stdio, uid, gid, execArgv: [...execArgv], env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
  });
}

function removeWorker(worker) {
  if (cluster.workers[worker.id] !== worker) return;
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function exited(worker, code, signal) {
  if (!worker.isConnected()) removeWorker(worker);
  worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
  worker.state = 'dead';
  worker.emit('exit', code, signal);
  cluster.emit('exit', worker, code, signal);
}

function disconnected(worker) {
  if (worker.isDead()) removeWorker(worker);
  worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
  worker.state = 'disconnected';
  worker.emit('disconnect');
  cluster.emit('disconnect', worker);
}

function received(message) {
  switch (message.act) {
    case 'online':
      this.state = 'online';
      this.emit('online');
      cluster.emit('online', this);
      break;
    case 'exitedAfterDisconnect':
      this.exitedAfterDisconnect = true;
      send(this.process, { ack: message.seq });
      break;
    case 'listening':
      this.state = 'listening';
      this.emit('listening', message.address);
      cluster.emit('listening', this, message.address);
      break;
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++lastId;
  const worker = new Worker({ id, process: startProcess(id, env) });
  worker.on('message', (message, handle) => cluster.emit('message', worker, message, handle));
  worker.process.once('exit', (code, signal) => exited(worker, code, signal));
  worker.process.once('disconnect', () => disconnected(worker));
  worker.process.on('internalMessage', receiver(worker, received));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[id] = worker;
  return worker;
};

cluster.disconnect = function(callback) {
  if (typeof callback === 'function') intercom.once('disconnect', callback);
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) process.nextTick(() => intercom.emit('disconnect'));
  for (const worker of workers) if (worker.isConnected()) worker.disconnect();
};

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' });
  removeWorker(this);
  return this;
};
Worker.prototype.destroy = function(signal) {
  this.process.kill(signal || 'SIGTERM');
};
