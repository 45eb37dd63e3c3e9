// SPDX-License-Identifier: MIT
// What both halves of cluster share: Worker, and messages of their own ({ cmd: 'NODE_CLUSTER' }) with answers.
'use strict';

const EventEmitter = require('events');

function Worker(options) {
  if (!(this instanceof Worker)) return new Worker(options);
  EventEmitter.call(this);
  if (options === null || typeof options !== 'object') options = {};
  this.exitedAfterDisconnect = undefined;
  this.state = options.state || 'none';
  this.id = options.id | 0;
  if (options.process) {
    this.process = options.process;
    this.process.on('error', (code, signal) => this.emit('error', code, signal));
    this.process.on('message', (message, handle) => this.emit('message', message, handle));
  }
}
Object.setPrototypeOf(Worker.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Worker, EventEmitter);

Worker.prototype.kill = function(...args) {
  this.destroy(...args);
};
Worker.prototype.send = function(...args) {
  return this.process.send(...args);
};
Worker.prototype.isDead = function() {
  return this.process.exitCode != null || this.process.signalCode != null;
};
Worker.prototype.isConnected = function() {
  return this.process.connected;
};

const waiting = new Map(); // number of a message: who wants its answer
let number = 0;

function send(process, message, answered) {
  if (!process.connected) return false;
  message = { cmd: 'NODE_CLUSTER', ...message, seq: number };
  if (answered !== undefined) waiting.set(number, answered);
  number++;
  return process.send(message, undefined, { swallowErrors: true });
}

// A listener of 'internalMessage': answers go to those who wait, all else to handle(message).
function receiver(worker, handle) {
  return (message) => {
    if (message.cmd !== 'NODE_CLUSTER') return;
    const answered = message.ack === undefined ? undefined : waiting.get(message.ack);
    waiting.delete(message.ack);
    (answered ?? handle).call(worker, message);
  };
}

module.exports = { Worker, send, receiver };
