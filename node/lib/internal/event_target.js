// SPDX-License-Identifier: MIT
// Event, CustomEvent and EventTarget (DOM), as Node has them: no tree, listeners that throw end in uncaughtException.
'use strict';

const { codes } = require('internal/errors');
const custom = Symbol.for('nodejs.util.inspect.custom');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kListeners = Symbol('listeners');
const kTarget = Symbol('kTarget');
const kIsTarget = Symbol.for('nodejs.event_target');
const kNodeStyle = Symbol('kIsNodeStyleListener'); // option of addEventListener: the listener gets the value instead of an event
const { now } = internalBinding('process');

class Event {
  #type;
  #bubbles = false;
  #cancelable = false;
  #composed = false;
  #defaultPrevented = false;
  #timestamp = now();
  #propagationStopped = false;
  #stop = false;
  #dispatching = false;
  #passive = false;
  #current = null;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options != null) {
      require('internal/validators').validateObject(options, 'options', { allowArray: true, allowFunction: true });
      this.#bubbles = !!options.bubbles;
      this.#cancelable = !!options.cancelable;
      this.#composed = !!options.composed;
    }
    this.#type = `${type}`;
    this[kTarget] = null;
    Object.defineProperty(this, kTarget, { enumerable: false });
  }
  static begin(event, target) {
    if (event.#dispatching) throw new codes.ERR_EVENT_RECURSION(event.#type);
    event.#dispatching = true;
    event.#stop = false;
    event[kTarget] = target;
    event.#current = target;
  }
  static end(event) {
    event.#dispatching = false;
    event.#current = null;
    event.#propagationStopped = false;
  }
  static stopped(event) {
    return event.#stop;
  }
  static passive(event, value) {
    event.#passive = value;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    if (this.#dispatching) return;
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
  }
  stopImmediatePropagation() {
    this.#propagationStopped = true;
    this.#stop = true;
  }
  preventDefault() {
    if (this.#cancelable && !this.#passive) this.#defaultPrevented = true;
  }
  stopPropagation() {
    this.#propagationStopped = true;
  }
  composedPath() {
    return this.#dispatching ? [this[kTarget]] : [];
  }
  get target() { return this[kTarget]; }
  get currentTarget() { return this.#dispatching ? this.#current : null; }
  get srcElement() { return this[kTarget]; }
  get type() { return this.#type; }
  get cancelable() { return this.#cancelable; }
  get defaultPrevented() { return this.#cancelable && this.#defaultPrevented; }
  get timeStamp() { return this.#timestamp; }
  get returnValue() { return !this.#cancelable || !this.#defaultPrevented; }
  set returnValue(value) { if (!value) this.preventDefault(); }
  get bubbles() { return this.#bubbles; }
  get composed() { return this.#composed; }
  get eventPhase() { return this.#dispatching ? Event.AT_TARGET : Event.NONE; }
  get cancelBubble() { return this.#propagationStopped; }
  set cancelBubble(value) { if (value) this.#propagationStopped = true; }
  [custom](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    return `${name} ${inspect({ type: this.#type, defaultPrevented: this.#defaultPrevented, cancelable: this.#cancelable, timeStamp: this.#timestamp },
      { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
  }
}
const internals = { begin: Event.begin, end: Event.end, stopped: Event.stopped, passive: Event.passive };
for (const name of Object.keys(internals)) delete Event[name];
Object.defineProperty(Event.prototype, 'isTrusted', {
  get: Object.getOwnPropertyDescriptor({ get isTrusted() {
    return false;
  } }, 'isTrusted').get,
  enumerable: true,
  configurable: false,
});

function enumerate(prototype, names) {
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
}
enumerate(Event.prototype, ['initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement', 'type', 'cancelable',
  'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed', 'eventPhase', 'cancelBubble', 'stopPropagation']);
Object.defineProperty(Event.prototype, Symbol.toStringTag, { configurable: true, value: 'Event' });
for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
  for (const o of [Event, Event.prototype]) Object.defineProperty(o, name, { value, enumerable: true });
}

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}
enumerate(CustomEvent.prototype, ['detail']);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'CustomEvent' });

function flattenOptions(options) {
  if (options == null) return { capture: false, once: false, passive: false, signal: undefined, node: false };
  if (typeof options === 'boolean') return { capture: options, once: false, passive: false, signal: undefined, node: false };
  require('internal/validators').validateObject(options, 'options', { allowArray: true, allowFunction: true });
  return {
    capture: Boolean(options.capture), once: Boolean(options.once), passive: Boolean(options.passive), signal: options.signal,
    node: options[kNodeStyle] === true,
  };
}

function isListener(listener) {
  if (typeof listener === 'function' || typeof listener?.handleEvent === 'function') return true;
  if (listener == null) return false;
  if (typeof listener === 'object') return true;
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
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
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
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
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
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
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
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
enumerate(EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { configurable: true, value: 'EventTarget' });

function checkThis(target) {
  if (target?.[kListeners] === undefined) throw new codes.ERR_INVALID_THIS('EventTarget');
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
      internals.begin(event, target);
    }
    internals.passive(event, entry.passive);
    callListener(target, entry, event);
    if (internals.stopped(event)) break;
  }
  if (event !== undefined) internals.end(event);
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
    require('internal/validators').validateString(type, 'type');
    const any = this.listenerCount(type) > 0;
    dispatchValue(this, type, arg, (type) => new Event(type));
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
enumerate(NodeEventTarget.prototype, ['setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on',
  'addListener', 'emit', 'once', 'removeAllListeners']);

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
  Event, CustomEvent, EventTarget, initEventTarget, isEventTarget, listenersOfTarget, defineEventHandler, kMaxEventTargetListeners,
  kNewListener, kRemoveListener, kAllRemoved, kListeners, dispatch, dispatchValue, reportError, NodeEventTarget,
};
