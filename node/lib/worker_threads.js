// SPDX-License-Identifier: MIT
// node:worker_threads: each part is loaded when it is first asked for.
'use strict';

const { 0: threadId, 1: threadName, 6: isWorker } = internalBinding('worker').facts();

const child = () => require('internal/worker/child');
const io = () => require('internal/worker/io');

const lazy = {
  __proto__: null,
  isInternalThread: false,
  isMainThread: !isWorker,
  MessagePort: () => io().MessagePort,
  MessageChannel: () => io().MessageChannel,
  markAsUncloneable: () => require('internal/worker/marks').markAsUncloneable,
  markAsUntransferable: () => require('internal/worker/marks').markAsUntransferable,
  isMarkedAsUntransferable: () => require('internal/worker/marks').isMarkedAsUntransferable,
  moveMessagePortToContext: () => require('internal/worker/context_port').moveMessagePortToContext,
  receiveMessageOnPort: () => io().receiveMessageOnPort,
  resourceLimits: () => (isWorker ? child().resourceLimits() : {}),
  postMessageToThread: () => require('internal/worker/messaging').postMessageToThread,
  threadId,
  threadName,
  SHARE_ENV: () => Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker: () => require('internal/worker').Worker,
  parentPort: () => (isWorker ? child().parentPort() : null),
  workerData: () => (isWorker ? child().given().workerData : null),
  BroadcastChannel: () => require('internal/worker/broadcast').BroadcastChannel,
  setEnvironmentData: () => require('internal/worker/environment_data').setEnvironmentData,
  getEnvironmentData: () => require('internal/worker/environment_data').getEnvironmentData,
  locks: () => require('internal/locks').locks,
};

// A property that is a plain one from the first time on that it is read.
function define(name, make) {
  const set = (value) => Object.defineProperty(module.exports, name, { value, writable: true, enumerable: true, configurable: true });
  const get = () => {
    const value = make();
    set(value);
    return value;
  };
  Object.defineProperty(module.exports, name, { get, set, enumerable: true, configurable: true });
}

for (const name in lazy) {
  const value = lazy[name];
  if (typeof value === 'function') define(name, value);
  else module.exports[name] = value;
}
