// SPDX-License-Identifier: MIT
// postMessageToThread: mail from any thread to any other. The binding calls receiveMail(from, value); value is
//   [MESSAGE, number, payload] or the answer to it, [ANSWER, number, result];
// and receiveFailure(number) when a thread ended that had such a message.
'use strict';

const { codes } = require('internal/errors');
const { facts, postToThread, holdLoop } = internalBinding('worker');

const MESSAGE = 0, ANSWER = 1;
const DELIVERED = 0, NO_LISTENERS = 1, LISTENER_ERROR = 2;
const { 0: threadId } = facts();

const waiting = new Map(); // number -> what to do with the answer
let last = 0;

function deliver(from, payload) {
  const process = require('process');
  if (process.listenerCount('workerMessage') === 0) return NO_LISTENERS;
  try {
    process.emit('workerMessage', payload, from);
    return DELIVERED;
  } catch {
    return LISTENER_ERROR;
  }
}

function receiveMail(from, mail) {
  const { 0: kind, 1: number } = mail;
  if (kind === MESSAGE) {
    postToThread(from, [ANSWER, number, deliver(from, mail[2])], [], 0);
    return;
  }
  waiting.get(number)?.(mail[2]);
}

// The thread ended before it answered.
function receiveFailure(number) {
  waiting.get(number)?.(NO_LISTENERS);
}

function settle(result, resolve, reject) {
  if (result === DELIVERED) resolve();
  else reject(result === LISTENER_ERROR ? new codes.ERR_WORKER_MESSAGING_ERRORED() : new codes.ERR_WORKER_MESSAGING_FAILED());
}

async function postMessageToThread(id, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = [];
  }
  if (timeout !== undefined) require('internal/validators').validateNumber(timeout, 'timeout', 0);
  if (id === threadId) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  const list = transferList == null ? [] : require('internal/worker/io').transferListOf(transferList);
  const number = last = last % 0x3fffffff + 1;
  if (typeof id !== 'number' || !postToThread(id, [MESSAGE, number, value], list, number)) throw new codes.ERR_WORKER_MESSAGING_FAILED();
  const { promise, resolve, reject } = Promise.withResolvers();
  let timer;
  holdLoop(true); // the answer is on its way
  const done = (run) => {
    waiting.delete(number);
    holdLoop(false);
    if (timer !== undefined) require('timers').clearTimeout(timer);
    run();
  };
  waiting.set(number, (result) => done(() => settle(result, resolve, reject)));
  if (timeout !== undefined) {
    timer = require('timers').setTimeout(() => done(() => reject(new codes.ERR_WORKER_MESSAGING_TIMEOUT())), timeout);
  }
  return promise;
}

module.exports = { receiveMail, receiveFailure, postMessageToThread };
