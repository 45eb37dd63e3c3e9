// SPDX-License-Identifier: MIT
// What a program can ask about its thread.
'use strict';

const serdes = internalBinding('serdes');

const environment = new Map();

module.exports = {
  isMainThread: internalBinding('process').facts().isMain,
  isInternalThread: false,
  threadId: 0,
  threadName: '',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  getEnvironmentData: (key) => environment.get(key),
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key);
    else environment.set(key, value);
  },
  markAsUntransferable: (object) => serdes.mark(object, 1),
  isMarkedAsUntransferable: (object) => serdes.isMarked(object, 1),
  markAsUncloneable: (object) => serdes.mark(object, 2),
};
