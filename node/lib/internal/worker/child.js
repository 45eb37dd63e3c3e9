// SPDX-License-Identifier: MIT
// A worker's own side: what its parent gave it, what the parent asks of it, and the error that ends it.
'use strict';

const { takePort, takeData, tellParent, holdLoop, facts } = internalBinding('worker');

// Mail to the parent: [kind, ...]. 1 and 2 are output, which C sends too.
const MAIL_ERROR = 3, MAIL_NOT_SERIALIZABLE = 4, MAIL_ANSWER = 5;
// Mail from the parent: [kind, ...].
const MAIL_STDIN = 0, MAIL_REQUEST = 1;

let port, data;

function parentPort() {
  require('internal/worker/io'); // the prototype
  return (port ??= takePort());
}

const nothing = [];
// { workerData, environmentData, hasStdin }
function given() {
  if (data === undefined) {
    const { 0: workerData, 1: environmentData, 2: hasStdin = false } = takeData() ?? nothing;
    data = { workerData, environmentData, hasStdin };
  }
  return data;
}

function resourceLimits() {
  const { 2: young, 3: old, 4: codeRange, 5: stack } = facts();
  const or = (n, otherwise) => (n > 0 ? n : otherwise);
  return {
    maxYoungGenerationSizeMb: or(young, 96), maxOldGenerationSizeMb: or(old, 4096), codeRangeSizeMb: or(codeRange, 0), stackSizeMb: or(stack, 4),
  };
}

// ---- The end ----

function reportFatal(error) {
  try {
    tellParent([MAIL_ERROR, require('internal/error_serdes').serializeError(error)]);
  } catch {
    tellParent([MAIL_NOT_SERIALIZABLE]);
  }
}

// ---- What the parent asks ----

const answers = {
  __proto__: null,
  heapStatistics: () => require('internal/heap_facts').heapStatistics(),
  cpuUsage: () => require('process').threadCpuUsage(),
  heapSnapshot: () => require('internal/heap_facts').heapSnapshot(),
};

function answer(number, name, args) {
  try {
    tellParent([MAIL_ANSWER, number, true, answers[name](...args)]);
  } catch (error) {
    tellParent([MAIL_ANSWER, number, false, require('internal/error_serdes').serializeError(error)]);
  }
}

// ---- Standard input ----

let stdin, waitingInput = [], isHolding = false;

function makeStdin() {
  const { QueuedReadable } = require('internal/stdin');
  class ReadableWorkerStdio extends QueuedReadable {
    _start() {
      if (isHolding) return;
      isHolding = true;
      holdLoop(true);
    }
    _stop() {
      if (!isHolding) return;
      isHolding = false;
      holdLoop(false);
    }
  }
  stdin = new ReadableWorkerStdio();
  const { hasStdin } = given();
  for (const chunk of waitingInput) stdin._push(chunk);
  waitingInput = undefined;
  if (!hasStdin) stdin._push(null);
  return stdin;
}

function receive(mail) {
  if (mail[0] === MAIL_REQUEST) answer(mail[1], mail[2], mail[3]);
  else if (mail[0] === MAIL_STDIN && stdin === undefined) waitingInput.push(mail[1]);
  else stdin._push(mail[1]);
}

module.exports = { parentPort, given, resourceLimits, reportFatal, receive, makeStdin };
