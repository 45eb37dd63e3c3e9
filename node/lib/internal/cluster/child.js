// SPDX-License-Identifier: MIT
// cluster in a worker: tells the primary that it lives, and leaves when it is told to or the primary is gone.
'use strict';

const EventEmitter = require('events');
const { Worker, send, receiver } = require('internal/cluster/worker');

const cluster = new EventEmitter();

module.exports = cluster;
cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;

function leave(worker, isAskedFor) {
  worker.exitedAfterDisconnect = true;
  if (isAskedFor) process.disconnect();
  else send(process, { act: 'exitedAfterDisconnect' }, () => process.disconnect());
}

cluster._setupWorker = function() {
  const worker = new Worker({ id: process.env.NODE_UNIQUE_ID | 0, process, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    process.channel = null;
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) process.exit(0); // the primary is gone
  });
  process.on('internalMessage', receiver(worker, (message) => {
    if (message.act === 'disconnect') leave(worker, true);
  }));
  send(process, { act: 'online' });
};

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    leave(this, false);
  }
  return this;
};
Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) process.exit(0);
  this.state = 'destroying';
  send(process, { act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};
