// SPDX-License-Identifier: MIT
// Message ports, channels and what is heard from them. A port is a host object of internalBinding('messaging'); what its listeners need is
// made with the first listener. The binding calls the one listener of plain messages itself (setListener) and `emit` for all the rest.
'use strict';

const {
  Event, EventTarget, NodeEventTarget, defineEventHandler, initEventTarget, dispatch, dispatchValue, reportError,
  kListeners, kNewListener, kRemoveListener, kAllRemoved,
} = require('internal/event_target');
const { codes } = require('internal/errors');
const binding = internalBinding('messaging');
const { isPort, isOpen, setListener, createChannel, createBroadcast, receiveMessage } = binding;
const custom = Symbol.for('nodejs.util.inspect.custom');

const kRelay = Symbol('kRelay'); // (type, value, ports): of a port that scripts do not see; it hears everything instead of listeners

// ---- MessageEvent ----

function wrong(what) {
  const error = new TypeError(`MessageEvent constructor: ${what}`);
  Error.captureStackTrace(error, MessageEvent);
  return error;
}

function show(value) {
  return typeof value === 'object' || typeof value === 'function' ? require('internal/util/inspect').inspect(value) : String(value);
}

function checkedPorts(ports) {
  if (ports === undefined) return [];
  if (ports === null || typeof ports[Symbol.iterator] !== 'function') throw wrong(`eventInitDict.ports (${show(ports)}) is not iterable.`);
  return Array.from(ports, (port, i) => {
    if (!isPort(port)) throw wrong(`Expected eventInitDict.ports[${i}] ("${show(port)}") to be an instance of MessagePort.`);
    return port;
  });
}

class MessageEvent extends Event {
  #data = null;
  #origin = '';
  #lastEventId = '';
  #source = null;
  #ports;
  constructor(type, init = undefined) {
    if (arguments.length === 0) throw wrong('1 argument required, but only 0 present.');
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw wrong(`Expected ${show(init)} to be one of: Null, Undefined, Object.`);
    }
    super(type, init ?? undefined);
    if (init === undefined || init === null) {
      this.#ports = [];
      return;
    }
    if (init.data !== undefined) this.#data = init.data;
    if (init.origin !== undefined) this.#origin = `${init.origin}`;
    if (init.lastEventId !== undefined) this.#lastEventId = `${init.lastEventId}`;
    const { source } = init;
    if (source !== undefined && source !== null) {
      if (!isPort(source)) throw wrong(`Expected eventInitDict.source ("${show(source)}") to be an instance of MessagePort.`);
      this.#source = source;
    }
    this.#ports = checkedPorts(init.ports);
  }
  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '', source = null, ports = []) {
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = checkedPorts(ports);
  }
}
for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, { enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });

class MessagePortCloseEvent extends Event {
  constructor() {
    super('close');
  }
}

// ---- MessagePort ----

function MessagePort() {
  const error = new TypeError('Constructor cannot be called');
  Error.captureStackTrace(error, MessagePort);
  error.code = 'ERR_CONSTRUCT_CALL_INVALID';
  throw error;
}
Object.setPrototypeOf(MessagePort, NodeEventTarget);
MessagePort.prototype = Object.create(NodeEventTarget.prototype);
const proto = MessagePort.prototype;
const { ref, unref, start, stop, close } = binding;

function method(name, value) {
  Object.defineProperty(proto, name, { value, writable: true, enumerable: true, configurable: true });
}
method('postMessage', binding.postMessage);
method('start', start);
Object.defineProperty(proto, 'constructor', { value: MessagePort, writable: true, configurable: true, enumerable: false });
method('ref', ref);
method('unref', unref);
method('hasRef', binding.hasRef);
defineEventHandler(proto, 'message');
defineEventHandler(proto, 'messageerror');
method('close', {
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    close.call(this);
  },
}.close);

// Made when a listener is first asked for. Node's ports have listeners of these two names from the beginning.
Object.defineProperty(proto, kListeners, {
  configurable: true,
  get() {
    if (!isPort(this)) return undefined;
    initEventTarget(this);
    const listeners = this[kListeners];
    listeners.set('newListener', []);
    listeners.set('removeListener', []);
    return listeners;
  },
});

// The binding calls a listener itself when it is the only one and takes the value.
function chooseListener(port, list) {
  const only = list.length === 1 ? list[0] : undefined;
  setListener(port, only !== undefined && only.node && !only.once && typeof only.listener === 'function' ? only.listener : undefined);
}

Object.defineProperty(proto, kNewListener, {
  value(size, type) {
    if (type !== 'message') return;
    chooseListener(this, this[kListeners].get('message'));
    if (size !== 1) return;
    ref.call(this);
    start.call(this);
  },
});
Object.defineProperty(proto, kRemoveListener, {
  value(size, type) {
    if (type !== 'message') return;
    chooseListener(this, this[kListeners].get('message'));
    if (size !== 0) return;
    unref.call(this);
    stop.call(this);
  },
});

Object.defineProperty(proto, kAllRemoved, {
  value(type) {
    if (type === 'message') setListener(this, undefined);
  },
});

// What the listeners of a port look like in Node: for those who print one.
function inspectPort(port) {
  class SafeMap extends Map {}
  class Listener {
    next = undefined;
  }
  const events = new SafeMap();
  for (const [type, list] of port[kListeners]) {
    const size = type === 'newListener' || type === 'removeListener' ? 1 : list.length;
    events.set(type, { size, next: size > 0 ? new Listener() : undefined, resistStopPropagation: false });
  }
  const active = isOpen(port);
  const shown = {
    __proto__: null, active, ...(active ? { refed: port.hasRef() } : undefined), ...port,
    [Symbol('kEvents')]: events,
    [Symbol('events.maxEventTargetListeners')]: port.getMaxListeners(),
    [Symbol('events.maxEventTargetListenersWarned')]: false,
    [Symbol('kHandlers')]: undefined,
    [Symbol('kNewListener')]: (0, function() {}),
    [Symbol('kRemoveListener')]: (0, function() {}),
    [Symbol('nodejs.internal.kCurrentlyReceivingPorts')]: undefined,
  };
  return Object.setPrototypeOf(shown, proto);
}
Object.defineProperty(proto, custom, {
  configurable: true,
  writable: true,
  value() {
    return isPort(this) ? inspectPort(this) : this;
  },
});

// ---- Arrivals ----

function makeMessageEvent(ports) {
  return (type, data) => new MessageEvent(type, ports === undefined ? { data } : { data, ports });
}
const makePlainEvent = makeMessageEvent(undefined);

function emit(port, type, value, ports) {
  if (type === 'promise') {
    value.then(undefined, reportError);
    return;
  }
  const relay = port[kRelay];
  if (relay !== undefined) relay(type, value, ports);
  else if (type === 'close') {
    if (port[kListeners].has('close')) dispatch(port, new MessagePortCloseEvent());
  } else {
    dispatchValue(port, type, value, ports === undefined ? makePlainEvent : makeMessageEvent(ports));
  }
}
binding.setUp(proto, emit);

// ---- MessageChannel ----

function MessageChannel() {
  if (new.target === undefined) {
    const error = new TypeError('Cannot call constructor without `new`');
    error.code = 'ERR_CONSTRUCT_CALL_REQUIRED';
    throw error;
  }
  const ports = createChannel();
  this.port1 = ports[0];
  this.port2 = ports[1];
}

function receiveMessageOnPort(port) {
  const end = handles.get(port) ?? port;
  if (!isPort(end)) {
    const error = new TypeError('The "port" argument must be a MessagePort instance');
    error.code = 'ERR_INVALID_ARG_TYPE';
    Error.captureStackTrace(error, receiveMessageOnPort);
    throw error;
  }
  const found = receiveMessage(end);
  return found === undefined ? undefined : { message: found[0] };
}

// The second argument of postMessage, which is neither nullish nor a plain array, as an array.
function transferListOf(v) {
  const refuse = (what) => {
    const error = new TypeError(`Optional ${what} argument must be an iterable`);
    error.code = 'ERR_INVALID_ARG_TYPE';
    return error;
  };
  if (typeof v !== 'object' && typeof v !== 'function') throw refuse('transferList');
  if (typeof v[Symbol.iterator] === 'function') return [...v];
  const { transfer } = v;
  if (transfer === undefined) return [];
  if (transfer === null || typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') throw refuse('options.transfer');
  return [...transfer];
}

// For ports that belong to something else: all that arrives goes to relay(type, value, ports).
function listen(port, relay) {
  Object.defineProperty(port, kRelay, { value: relay });
  start.call(port);
}

function warnAboutLostPort() {
  require('process').emitWarning('The target port was posted to itself, and the communication channel was lost');
}

// ---- BroadcastChannel ----

const handles = new WeakMap(); // channel -> port

function handleOf(channel) {
  const port = handles.get(channel);
  if (port === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
  return port;
}

class BroadcastChannel extends EventTarget {
  #name;
  #closed = false;
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    const port = createBroadcast(this.#name);
    handles.set(this, port);
    listen(port, (type, value) => {
      if (type !== 'close') dispatchValue(this, type, value, makePlainEvent);
    });
    ref.call(port);
  }
  [custom](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    return `${name} ${inspect({ name: this.#name, active: !this.#closed },
      { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  get name() {
    handleOf(this);
    return this.#name;
  }
  close() {
    const port = handleOf(this);
    if (this.#closed) return;
    this.#closed = true;
    unref.call(port);
    close.call(port);
  }
  postMessage(message) {
    const port = handleOf(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this.#closed) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    binding.postMessage.call(port, message);
  }
  ref() {
    const port = handleOf(this);
    if (!this.#closed) ref.call(port);
    return this;
  }
  unref() {
    unref.call(handleOf(this));
    return this;
  }
}
for (const name of ['name', 'close', 'postMessage']) Object.defineProperty(BroadcastChannel.prototype, name, { enumerable: true });
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = {
  MessagePort, MessageChannel, MessageEvent, BroadcastChannel, receiveMessageOnPort, transferListOf, warnAboutLostPort, listen,
};
