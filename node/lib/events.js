// SPDX-License-Identifier: MIT
// EventEmitter and its helpers.
'use strict';

const kCapture = Symbol('kCapture');
const kErrorMonitor = Symbol('events.errorMonitor');
const kRejection = Symbol.for('nodejs.rejection');
const kShapeMode = Symbol('shapeMode');

let defaultMaxListeners = 10;

function EventEmitter(opts) {
  EventEmitter.init.call(this, opts);
}
module.exports = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;
Object.defineProperty(EventEmitter, 'captureRejections', {
  enumerable: true,
  get() {
    return EventEmitter.prototype[kCapture];
  },
  set(value) {
    require('internal/validators').validateBoolean(value, 'EventEmitter.captureRejections');
    EventEmitter.prototype[kCapture] = value;
  },
});
EventEmitter.errorMonitor = kErrorMonitor;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true, enumerable: false });
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

function checkListener(listener) {
  if (typeof listener !== 'function') require('internal/validators').validateFunction(listener, 'listener');
}

Object.defineProperty(EventEmitter, 'kMaxEventTargetListeners', { get: () => require('internal/event_target').kMaxEventTargetListeners });
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  enumerable: true,
  get: () => defaultMaxListeners,
  set(n) {
    require('internal/validators').validateNumber(n, 'defaultMaxListeners', 0);
    defaultMaxListeners = n;
  },
});

EventEmitter.setMaxListeners = function setMaxListeners(n = defaultMaxListeners, ...eventTargets) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of eventTargets) {
    if (typeof target.setMaxListeners === 'function') target.setMaxListeners(n);
    else if (target && typeof target.addEventListener === 'function') target[require('internal/event_target').kMaxEventTargetListeners] = n;
    else {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

EventEmitter.init = function(opts) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  } else {
    this[kShapeMode] = true; // a stream's, with the events that it knows: they stay properties
  }
  this._maxListeners ||= undefined;
  if (opts && opts.captureRejections) {
    require('internal/validators').validateBoolean(opts.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(opts.captureRejections);
  } else if (EventEmitter.prototype[kCapture]) {
    this[kCapture] = true;
  }
};

function addCatch(that, promise, type, args) {
  if (!that[kCapture]) return;
  try {
    const then = promise.then;
    if (typeof then === 'function') {
      then.call(promise, undefined, (error) => process.nextTick(emitUnhandledRejectionOrErr, that, error, type, args));
    }
  } catch (error) {
    that.emit('error', error);
  }
}

function emitUnhandledRejectionOrErr(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') {
    emitter[kRejection](error, type, ...args);
    return;
  }
  const previous = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = previous;
  }
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListenersOf(that) {
  return that._maxListeners === undefined ? defaultMaxListeners : that._maxListeners;
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

// Says where it was emitted, for the report of an uncaught error.
function noteEmission(emitter, error) {
  try {
    const capture = {};
    Error.captureStackTrace(capture, EventEmitter.prototype.emit);
    const enhance = () => {
      const { name } = emitter.constructor;
      const who = name === 'EventEmitter' ? '' : ` on ${name} instance`;
      return `${error.stack}\nEmitted 'error' event${who} at:\n${capture.stack.split('\n').slice(1).join('\n')}`;
    };
    Object.defineProperty(error, require('internal/uncaught').kEnhanceStack, { value: enhance, configurable: true });
  } catch {
    // A frozen error, say.
  }
}

function throwUnhandledError(emitter, args) {
  let error;
  if (args.length > 0) error = args[0];
  if (error instanceof Error) {
    noteEmission(emitter, error);
    throw error; // Unhandled 'error' event
  }
  const { codes } = require('internal/errors');
  let text;
  try {
    text = require('internal/util/inspect').inspect(error);
  } catch {
    text = error;
  }
  const wrapped = new codes.ERR_UNHANDLED_ERROR(text);
  wrapped.context = error;
  throw wrapped;
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  let isError = type === 'error';
  const events = this._events;
  if (events !== undefined) {
    if (isError && events[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
    isError = isError && events.error === undefined;
  } else if (!isError) {
    return false;
  }
  if (isError) throwUnhandledError(this, args);
  const handler = events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = handler.apply(this, args);
    if (result !== undefined && result !== null) addCatch(this, result, type, args);
    return true;
  }
  const listeners = handler.slice();
  for (let i = 0; i < listeners.length; ++i) {
    const result = listeners[i].apply(this, args);
    if (result !== undefined && result !== null) addCatch(this, result, type, args);
  }
  return true;
};

function warnAboutLeak(target, type, existing) {
  existing.warned = true;
  const { inspect } = require('internal/util/inspect');
  const w = new Error(`Possible EventEmitter memory leak detected. ${existing.length} ${String(type)} listeners added to ` +
    `${inspect(target, { depth: -1 })}. MaxListeners is ${maxListenersOf(target)}. Use emitter.setMaxListeners() to increase limit`);
  Object.defineProperty(w, 'name', { value: 'MaxListenersExceededWarning', configurable: true, writable: true, enumerable: false });
  w.emitter = target;
  w.type = type;
  w.count = existing.length;
  process.emitWarning(w);
}

function addListenerTo(target, type, listener, prepend) {
  checkListener(listener);
  let events = target._events;
  let existing;
  if (events === undefined) {
    events = target._events = { __proto__: null };
    target._eventsCount = 0;
  } else {
    if (events.newListener !== undefined) {
      target.emit('newListener', type, listener.listener ?? listener);
      events = target._events;
    }
    existing = events[type];
  }
  if (existing === undefined) {
    events[type] = listener;
    ++target._eventsCount;
    return target;
  }
  if (typeof existing === 'function') existing = events[type] = prepend ? [listener, existing] : [existing, listener];
  else if (prepend) existing.unshift(listener);
  else existing.push(listener);
  const max = maxListenersOf(target);
  if (max > 0 && existing.length > max && !existing.warned) warnAboutLeak(target, type, existing);
  return target;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return addListenerTo(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;
EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return addListenerTo(this, type, listener, true);
};

function onceWrapper() {
  if (!this.fired) {
    this.target.removeListener(this.type, this.wrapFn);
    this.fired = true;
    if (arguments.length === 0) return this.listener.call(this.target);
    return this.listener.apply(this.target, arguments);
  }
}

function wrapOnce(target, type, listener) {
  const state = { fired: false, wrapFn: undefined, target, type, listener };
  const wrapped = onceWrapper.bind(state);
  wrapped.listener = listener;
  state.wrapFn = wrapped;
  return wrapped;
}

EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener);
  this.on(type, wrapOnce(this, type, listener));
  return this;
};
EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  if (events === undefined) return this;
  const list = events[type];
  if (list === undefined) return this;
  if (list === listener || list.listener === listener) {
    this._eventsCount -= 1;
    if (this[kShapeMode]) events[type] = undefined;
    else if (this._eventsCount === 0) this._events = { __proto__: null };
    else delete events[type];
    if (events.removeListener) this.emit('removeListener', type, list.listener || listener);
  } else if (typeof list !== 'function') {
    let position = -1;
    for (let i = list.length - 1; i >= 0; i--) {
      if (list[i] === listener || list[i].listener === listener) {
        position = i;
        break;
      }
    }
    if (position < 0) return this;
    if (position === 0) list.shift();
    else list.splice(position, 1);
    if (list.length === 1) events[type] = list[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  }
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

function clearAll(emitter) {
  emitter._events = { __proto__: null };
  emitter._eventsCount = 0;
}

// With nobody to be told of each.
function removeSilently(emitter, type) {
  if (emitter._events[type] === undefined) return;
  if (--emitter._eventsCount === 0) emitter._events = { __proto__: null };
  else delete emitter._events[type];
}

function removeEach(emitter, type) {
  const entry = emitter._events[type];
  if (typeof entry === 'function') emitter.removeListener(type, entry);
  else if (entry !== undefined) for (let i = entry.length; i-- > 0;) emitter.removeListener(type, entry[i]);
}

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  const isTold = events.removeListener !== undefined;
  if (arguments.length > 0) {
    if (isTold) removeEach(this, type);
    else removeSilently(this, type);
    return this;
  }
  if (isTold) {
    // Who is told goes last.
    const types = Reflect.ownKeys(events).filter((key) => key !== 'removeListener');
    for (const key of [...types, 'removeListener']) this.removeAllListeners(key);
  }
  clearAll(this);
  return this;
};

function entriesOf(target, type) {
  const entry = target._events?.[type];
  if (entry === undefined) return [];
  return typeof entry === 'function' ? [entry] : entry.slice();
}

function unwrapped(entry) {
  return typeof entry.listener === 'function' ? entry.listener : entry;
}

EventEmitter.prototype.listeners = function listeners(type) {
  return entriesOf(this, type).map(unwrapped);
};
EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return entriesOf(this, type);
};

function listenerCount(type, listener) {
  const entry = this._events?.[type];
  if (entry === undefined) return 0;
  if (listener === undefined || listener === null) return typeof entry === 'function' ? 1 : entry.length;
  return entriesOf(this, type).filter((other) => other === listener || other.listener === listener).length;
}
EventEmitter.prototype.listenerCount = listenerCount;
EventEmitter.listenerCount = function(emitter, type) {
  if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type);
  return Reflect.apply(listenerCount, emitter, [type]);
};

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget.listeners === 'function') return emitterOrTarget.listeners(type);
  const { isEventTarget, listenersOfTarget } = require('internal/event_target');
  if (isEventTarget(emitterOrTarget)) return listenersOfTarget(emitterOrTarget, type);
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return maxListenersOf(emitterOrTarget);
  const { isEventTarget, kMaxEventTargetListeners } = require('internal/event_target');
  if (isEventTarget(emitterOrTarget)) return emitterOrTarget[kMaxEventTargetListeners] ?? EventEmitter.defaultMaxListeners;
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function addTo(emitter, name, listener, flags) {
  if (typeof emitter.on === 'function') {
    if (flags && flags.once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, flags);
  } else {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function removeFrom(emitter, name, listener, flags) {
  if (typeof emitter.removeListener === 'function') emitter.removeListener(name, listener);
  else if (typeof emitter.removeEventListener === 'function') emitter.removeEventListener(name, listener, flags);
}

async function once(emitter, name, options = {}) {
  const { validateObject, validateAbortSignal } = require('internal/validators');
  const { AbortError } = require('internal/errors');
  validateObject(options, 'options');
  const signal = options?.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const onError = (error) => {
      removeFrom(emitter, name, onEvent);
      if (signal) signal.removeEventListener('abort', onAbort);
      reject(error);
    };
    const onEvent = (...args) => {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', onError);
      if (signal) signal.removeEventListener('abort', onAbort);
      resolve(args);
    };
    const onAbort = () => {
      removeFrom(emitter, name, onEvent);
      removeFrom(emitter, 'error', onError);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    addTo(emitter, name, onEvent, { once: true });
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', onError);
    if (signal) signal.addEventListener('abort', onAbort, { once: true });
  });
}

function on(emitter, event, options = {}) {
  const { validateObject, validateAbortSignal } = require('internal/validators');
  const { AbortError, codes } = require('internal/errors');
  validateObject(options, 'options');
  const signal = options.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const events = [], waiting = [];
  let error = null, finished = false;
  const closeEvents = options.close || [];

  const iterator = Object.setPrototypeOf({
    next() {
      if (events.length) return Promise.resolve({ value: events.shift(), done: false });
      if (error) {
        const p = Promise.reject(error);
        error = null;
        return p;
      }
      if (finished) return closeHandler();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      return closeHandler();
    },
    throw(e) {
      if (!e || !(e instanceof Error)) throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', e);
      errorHandler(e);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));

  const eventHandler = (...args) => {
    const waiter = waiting.shift();
    if (waiter) waiter.resolve({ value: args, done: false });
    else events.push(args);
  };
  function errorHandler(e) {
    const waiter = waiting.shift();
    if (waiter) waiter.reject(e);
    else error = e;
    closeHandler();
  }
  const abortListener = () => errorHandler(new AbortError(undefined, { cause: signal.reason }));
  function closeHandler() {
    removeFrom(emitter, event, eventHandler);
    if (event !== 'error') removeFrom(emitter, 'error', errorHandler);
    for (const name of closeEvents) removeFrom(emitter, name, closeHandler);
    if (signal) signal.removeEventListener('abort', abortListener);
    finished = true;
    const done = { value: undefined, done: true };
    for (const waiter of waiting.splice(0)) waiter.resolve(done);
    return Promise.resolve(done);
  }

  addTo(emitter, event, eventHandler);
  if (event !== 'error' && typeof emitter.on === 'function') emitter.on('error', errorHandler);
  for (const name of closeEvents) addTo(emitter, name, closeHandler);
  if (signal) signal.addEventListener('abort', abortListener, { once: true });
  return iterator;
}

function addAbortListener(signal, listener) {
  const { validateAbortSignal, validateFunction } = require('internal/validators');
  const { codes } = require('internal/errors');
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    signal.addEventListener('abort', listener, { once: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  return {
    __proto__: null,
    [Symbol.dispose]() {
      remove?.();
    },
  };
}

EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.getMaxListeners = getMaxListeners;
EventEmitter.addAbortListener = addAbortListener;
EventEmitter.EventEmitter = EventEmitter;
Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/event_emitter_async_resource');
  },
});
