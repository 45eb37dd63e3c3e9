// SPDX-License-Identifier: MIT
// Message ports, channels and what is heard from them. A port is a host object of internalBinding('messaging'); what its listeners need is
// made with the first listener. The binding calls the one listener of plain messages itself (setListener) and `emit` for all the rest.
'use strict';

const {
  NodeEventTarget, defineEventHandler, initEventTarget, dispatch, dispatchValue, reportError,
  kListeners, kNewListener, kRemoveListener, kAllRemoved,
} = require('internal/event_target');
const binding = internalBinding('messaging');
const { isPort, isOpen, setListener, createChannel, receiveMessage } = binding;
const messageEvents = () => require('internal/worker/message_event');
const custom = Symbol.for('nodejs.util.inspect.custom');

const kRelay = Symbol('kRelay'); // (type, value, ports): of a port that scripts do not see; it hears everything instead of listeners

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

proto.postMessage = binding.postMessage;
proto.start = start;
Object.defineProperty(proto, 'constructor', { value: MessagePort, writable: true, configurable: true, enumerable: false });
proto.ref = ref;
proto.unref = unref;
proto.hasRef = binding.hasRef;
defineEventHandler(proto, 'message');
defineEventHandler(proto, 'messageerror');
proto.close = {
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    close.call(this);
  },
}.close;

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
    if (type !== 'message' || this[kRelay] !== undefined) return;
    chooseListener(this, this[kListeners].get('message'));
    if (size !== 1) return;
    ref.call(this);
    start.call(this);
  },
});
Object.defineProperty(proto, kRemoveListener, {
  value(size, type) {
    if (type !== 'message' || this[kRelay] !== undefined) return;
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
  return (type, data) => new (messageEvents().MessageEvent)(type, ports === undefined ? { data } : { data, ports });
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
    if (port[kListeners].has('close')) dispatch(port, new (messageEvents().MessagePortCloseEvent)());
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
  const received = receiveMessage(port);
  if (received !== null) return received;
  const end = require('internal/worker/broadcast').handles.get(port);
  if (!isPort(end)) {
    const error = new TypeError('The "port" argument must be a MessagePort instance');
    error.code = 'ERR_INVALID_ARG_TYPE';
    Error.captureStackTrace(error, receiveMessageOnPort);
    throw error;
  }
  return receiveMessage(end);
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
  setListener(port, undefined);
  start.call(port);
}

function warnAboutLostPort() {
  require('process').emitWarning('The target port was posted to itself, and the communication channel was lost');
}

module.exports = {
  MessagePort, MessageChannel, receiveMessageOnPort, transferListOf, warnAboutLostPort, listen,
};
