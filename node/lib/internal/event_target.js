// SPDX-License-Identifier: MIT
// EventTarget (DOM), as Node has it: no tree, listeners that throw end in uncaughtException. Event is in internal/event.js, which is loaded with
// the first event.
'use strict';

const codes = () => require('internal/errors').codes;
const events = () => require('internal/event');
const custom = Symbol.for('nodejs.util.inspect.custom');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kListeners = Symbol('listeners');
const kIsTarget = Symbol.for('nodejs.event_target');
const kNodeStyle = Symbol('kIsNodeStyleListener'); // option of addEventListener: the listener gets the value instead of an event
const { makeEnumerable } = internalBinding('util');

function flattenOptions(options) {
  if (options == null) return { capture: false, once: false, passive: false, signal: undefined, node: false };
  if (typeof options === 'boolean') return { capture: options, once: false, passive: false, signal: undefined, node: false };
  if (typeof options !== 'object' && typeof options !== 'function') throw new (codes().ERR_INVALID_ARG_TYPE)('options', 'object', options);
  return {
    capture: Boolean(options.capture), once: Boolean(options.once), passive: Boolean(options.passive), signal: options.signal,
    node: options[kNodeStyle] === true,
  };
}

function isListener(listener) {
  if (typeof listener === 'function' || typeof listener?.handleEvent === 'function') return true;
  if (listener == null) return false;
  if (typeof listener === 'object') return true;
  throw new (codes().ERR_INVALID_ARG_TYPE)('listener', 'EventListener', listener);
}

function initEventTarget(self) {
  Object.defineProperty(self, kListeners, { value: new Map(), writable: true, enumerable: false, configurable: true });
  Object.defineProperty(self, kMaxEventTargetListeners, { value: undefined, writable: true, enumerable: false, configurable: true });
}

class EventTarget {
  constructor() {
    initEventTarget(this);
  }
  addEventListener(type, listener, options = undefined) {
    checkThis(this);
    if (arguments.length < 2) throw new (codes().ERR_MISSING_ARGS)('type', 'listener');
    const { capture, once, passive, signal, node } = flattenOptions(options);
    if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
    if (!isListener(listener)) {
      const error = new Error(`addEventListener called with ${listener} which has no effect.`);
      error.name = 'AddEventListenerArgumentTypeWarning';
      error.target = this;
      error.type = type;
      process.emitWarning(error);
      return;
    }
    type = `${type}`;
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
    }
    let list = this[kListeners].get(type);
    if (!list) this[kListeners].set(type, (list = []));
    if (list.some((l) => l.listener === listener && l.capture === capture)) return;
    list.push({ listener, capture, once, passive, node, removed: false });
    if (this[kNewListener]) this[kNewListener](list.length, type);
  }
  removeEventListener(type, listener, options = undefined) {
    checkThis(this);
    if (arguments.length < 2) throw new (codes().ERR_MISSING_ARGS)('type', 'listener');
    if (listener == null) return;
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const list = this[kListeners].get(`${type}`);
    if (!list) return;
    const at = list.findIndex((l) => l.listener === listener && l.capture === capture);
    if (at === -1) return;
    list[at].removed = true;
    list.splice(at, 1);
    if (this[kRemoveListener]) this[kRemoveListener](list.length, type);
  }
  dispatchEvent(event) {
    checkThis(this);
    if (arguments.length < 1) throw new (codes().ERR_MISSING_ARGS)('event');
    if (!(event instanceof events().Event)) throw new (codes().ERR_INVALID_ARG_TYPE)('event', 'Event', event);
    dispatch(this, event);
    return !event.defaultPrevented;
  }
  [custom](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('internal/util/inspect').inspect({}, options)}`;
  }
}
const kNewListener = Symbol('kNewListener'), kRemoveListener = Symbol('kRemoveListener'), kAllRemoved = Symbol('kAllRemoved');
Object.defineProperty(EventTarget.prototype, kIsTarget, { value: true });
makeEnumerable(EventTarget.prototype);
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { configurable: true, value: 'EventTarget' });

function checkThis(target) {
  if (target?.[kListeners] === undefined) throw new (codes().ERR_INVALID_THIS)('EventTarget');
}

function callListener(target, entry, arg) {
  try {
    const { listener } = entry;
    const result = typeof listener === 'function' ? listener.call(target, arg) : listener.handleEvent?.(arg);
    if (result !== undefined && result !== null && typeof result.then === 'function') result.then(undefined, reportError);
  } catch (error) {
    reportError(error);
  }
}

function dispatch(target, event) {
  const { internals } = events();
  internals.begin(event, target);
  const list = target[kListeners].get(event.type);
  if (list) {
    for (const entry of list.slice()) {
      if (entry.removed) continue;
      if (entry.once) target.removeEventListener(event.type, entry.listener, entry.capture);
      internals.passive(event, entry.passive);
      callListener(target, entry, event);
      if (internals.stopped(event)) break;
    }
  }
  internals.end(event);
}

// Listeners that came with on() get the value, the others an event, which is made when the first of them is there.
function dispatchValue(target, type, value, makeEvent) {
  const list = target[kListeners].get(type);
  if (list === undefined) return;
  let event;
  for (const entry of list.length === 1 ? [list[0]] : list.slice()) {
    if (entry.removed) continue;
    if (entry.once) target.removeEventListener(type, entry.listener, entry.capture);
    if (entry.node) {
      callListener(target, entry, value);
      continue;
    }
    if (event === undefined) {
      event = makeEvent(type, value);
      events().internals.begin(event, target);
    }
    const { internals } = events();
    internals.passive(event, entry.passive);
    callListener(target, entry, event);
    if (internals.stopped(event)) break;
  }
  if (event !== undefined) events().internals.end(event);
}

function reportError(error) {
  process.nextTick(() => {
    throw error;
  });
}

// ---- An EventTarget with the main methods of an EventEmitter ----

const nodeListener = { [kNodeStyle]: true };
const nodeListenerOnce = { [kNodeStyle]: true, once: true };

class NodeEventTarget extends EventTarget {
  setMaxListeners(n) {
    checkThis(this);
    require('events').setMaxListeners(n, this);
  }
  getMaxListeners() {
    checkThis(this);
    return this[kMaxEventTargetListeners] ?? require('events').defaultMaxListeners;
  }
  eventNames() {
    checkThis(this);
    return [...this[kListeners].keys()];
  }
  listenerCount(type) {
    checkThis(this);
    return this[kListeners].get(`${type}`)?.length ?? 0;
  }
  off(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }
  removeListener(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }
  on(type, listener) {
    this.addEventListener(type, listener, nodeListener);
    return this;
  }
  addListener(type, listener) {
    this.addEventListener(type, listener, nodeListener);
    return this;
  }
  emit(type, arg) {
    checkThis(this);
    if (typeof type !== 'string') throw new (codes().ERR_INVALID_ARG_TYPE)('type', 'string', type);
    const any = this.listenerCount(type) > 0;
    dispatchValue(this, type, arg, (type) => new (events().Event)(type));
    return any;
  }
  once(type, listener) {
    this.addEventListener(type, listener, nodeListenerOnce);
    return this;
  }
  removeAllListeners(type) {
    checkThis(this);
    const types = type === undefined ? [...this[kListeners].keys()] : [`${type}`];
    for (const name of types) {
      const list = this[kListeners].get(name);
      if (list === undefined) continue;
      for (const entry of list) entry.removed = true;
      this[kListeners].delete(name);
      if (this[kAllRemoved]) this[kAllRemoved](name); // not kRemoveListener: a port stays referenced, as in Node
    }
    return this;
  }
}
makeEnumerable(NodeEventTarget.prototype);

function isEventTarget(value) {
  return value?.[kIsTarget] === true;
}

function listenersOfTarget(target, type) {
  return (target[kListeners].get(type) ?? []).map((l) => l.listener);
}

// on<name> properties.
function defineEventHandler(prototype, name) {
  const key = Symbol(`on${name}`);
  Object.defineProperty(prototype, `on${name}`, {
    configurable: true,
    enumerable: true,
    get() {
      return this[key]?.handler ?? null;
    },
    set(handler) {
      let state = this[key];
      if (!state) {
        state = { handler: null, listener: null };
        Object.defineProperty(this, key, { value: state, enumerable: false });
      }
      if (typeof handler !== 'function' && (typeof handler !== 'object' || handler === null)) handler = null;
      if (handler !== null && state.listener === null) {
        state.listener = function(event) {
          if (typeof state.handler === 'function') return state.handler.call(this, event);
        };
        this.addEventListener(name, state.listener);
      } else if (handler === null && state.listener !== null) {
        this.removeEventListener(name, state.listener);
        state.listener = null;
      }
      state.handler = handler;
    },
  });
}

module.exports = {
  get Event() {
    return events().Event;
  },
  get CustomEvent() {
    return events().CustomEvent;
  },
  EventTarget, initEventTarget, isEventTarget, listenersOfTarget, defineEventHandler, kMaxEventTargetListeners,
  kNewListener, kRemoveListener, kAllRemoved, kListeners, dispatch, dispatchValue, reportError, NodeEventTarget,
};
