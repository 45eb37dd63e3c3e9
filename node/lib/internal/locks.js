// SPDX-License-Identifier: MIT
// LockManager (Web Locks) over the requests of the whole process: internalBinding('locks'). A request that waits keeps no loop alive.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const binding = internalBinding('locks');

const SHARED = 1, IF_AVAILABLE = 2, STEAL = 4; // LockFlags
const GRANTED = 0, UNAVAILABLE = 1, WAITS = 3; // LockEvent; 2: stolen
const kName = Symbol('kName'), kMode = Symbol('kMode');
const token = {};

class Lock {
  constructor(which, name, mode) {
    if (which !== token) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }
  get name() {
    return this[kName];
  }
  get mode() {
    return this[kMode];
  }
}
Object.defineProperty(Lock.prototype, 'name', { enumerable: true });
Object.defineProperty(Lock.prototype, 'mode', { enumerable: true });

function exception(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

const requests = new Map(); // number -> request
let last = 0;

function settle(request, run) {
  requests.delete(request.id);
  binding.release(request.id);
  request.stopListening?.();
  run();
}

// The lock is held until what the callback returns has settled.
function runCallback(request, lock) {
  request.stopListening?.();
  let result;
  try {
    result = Promise.resolve((0, request.callback)(lock));
  } catch (error) {
    result = Promise.reject(error);
  }
  result.then((value) => settle(request, () => request.resolve(value)), (error) => settle(request, () => request.reject(error)));
}

function onAnswer(id, event) {
  const request = requests.get(id);
  if (request === undefined) return;
  if (event === GRANTED) {
    runCallback(request, new Lock(token, request.name, request.mode));
  } else if (event === UNAVAILABLE) {
    runCallback(request, null);
  } else {
    requests.delete(id);
    request.reject(exception('The operation was aborted', 'AbortError'));
  }
}
binding.setUp(onAnswer);

function checkedOptions(name, options) {
  const { mode = 'exclusive', ifAvailable = false, steal = false, signal } = options;
  if (mode !== 'shared' && mode !== 'exclusive') {
    const error = new codes.ERR_INVALID_ARG_VALUE('mode', mode);
    error.message = `mode '${mode}' is not a valid enum value of type LockMode.`;
    throw error;
  }
  if (signal !== undefined && (signal === null || typeof signal !== 'object')) {
    const error = new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
    error.message = 'signal is not an object.';
    throw error;
  }
  if (name[0] === '-') throw exception('Lock name may not start with hyphen', 'NotSupportedError');
  if (ifAvailable && steal) throw exception('ifAvailable and steal are mutually exclusive', 'NotSupportedError');
  if (mode !== 'exclusive' && steal) throw exception(`mode: "${mode}" and steal are mutually exclusive`, 'NotSupportedError');
  if (signal !== undefined && (steal || ifAvailable)) {
    throw exception('signal cannot be used with steal or ifAvailable', 'NotSupportedError');
  }
  return { mode, ifAvailable: Boolean(ifAvailable), steal: Boolean(steal), signal };
}

class LockManager {
  constructor(which) {
    if (which !== token) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  async request(name, options, callback = undefined) {
    if (callback === undefined) {
      callback = options;
      options = undefined;
    }
    name = `${name}`;
    validateFunction(callback, 'callback');
    const { mode, ifAvailable, steal, signal } = checkedOptions(name, options ?? {});
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers();
    const request = { id: ++last, name, mode, callback, resolve, reject, stopListening: undefined };
    requests.set(request.id, request);
    if (signal !== undefined) {
      const abort = () => settle(request, () => reject(signal.reason));
      signal.addEventListener('abort', abort, { once: true });
      request.stopListening = () => signal.removeEventListener('abort', abort);
    }
    const flags = (mode === 'shared' ? SHARED : 0) | (ifAvailable ? IF_AVAILABLE : 0) | (steal ? STEAL : 0);
    const answer = binding.request(request.id, name, flags);
    if (answer !== WAITS) onAnswer(request.id, answer);
    return promise;
  }
  async query() {
    const held = [], pending = [];
    for (const { 0: name, 1: shared, 2: isHeld, 3: thread } of binding.list()) {
      (isHeld ? held : pending).push({ name, mode: shared ? 'shared' : 'exclusive', clientId: `node-${process.pid}-${thread}` });
    }
    return { held, pending };
  }
}
for (const [Class, value] of [[Lock, 'Lock'], [LockManager, 'LockManager']]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value, configurable: true });
}
Object.defineProperty(LockManager.prototype, 'request', { enumerable: true });
Object.defineProperty(LockManager.prototype, 'query', { enumerable: true });

module.exports = { Lock, LockManager, locks: new LockManager(token) };
