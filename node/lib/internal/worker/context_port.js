// SPDX-License-Identifier: MIT
// moveMessagePortToContext: the end of a channel as an object of another realm, with onmessage and the methods of a port but no listeners.
// What arrives is an object of that realm too (receiverFor); objects that only the main realm knows give 'messageerror'.
'use strict';

const vm = require('vm');
const messaging = internalBinding('messaging');
const { listen } = require('internal/worker/io');

const source = `(function(native) {
  'use strict';
  const ends = new WeakMap();
  class HandleWrap {
    close() { native.close(ends.get(this)); }
    hasRef() { return native.hasRef(ends.get(this)); }
    ref() { native.ref(ends.get(this)); }
    unref() { native.unref(ends.get(this)); }
  }
  class MessagePort extends HandleWrap {
    constructor() {
      throw new TypeError('Illegal constructor');
    }
    postMessage(...args) { return native.postMessage(ends.get(this), args); }
    start() { native.start(ends.get(this)); }
  }
  class MessageEvent {
    constructor(data, target, type, ports) {
      this.data = data;
      this.target = target;
      this.type = type;
      this.ports = ports;
    }
  }
  function make(end) {
    const port = Object.create(MessagePort.prototype);
    ends.set(port, end);
    return port;
  }
  function emit(port, type, data) {
    const handler = port['on' + type];
    if (typeof handler === 'function') handler.call(port, new MessageEvent(data, port, type, []));
  }
  return { make, emit, aFunction: Object };
})`;

const realms = new WeakMap(); // context -> what `source` made in it

function invalid(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

const native = {
  __proto__: null,
  close: (end) => messaging.close.call(end),
  hasRef: (end) => messaging.hasRef.call(end),
  ref: (end) => messaging.ref.call(end),
  unref: (end) => messaging.unref.call(end),
  start: (end) => messaging.start.call(end),
  postMessage: (end, args) => messaging.postMessage.apply(end, args),
};

function realmOf(context) {
  let realm = realms.get(context);
  if (realm === undefined) realms.set(context, (realm = vm.runInContext(source, context)(native)));
  return realm;
}

// The same end in a new object: what a transfer does.
function takeEnd(port) {
  const { 0: from, 1: to } = messaging.createChannel();
  messaging.postMessage.call(from, port, [port]);
  const end = messaging.receiveMessage(to).message;
  messaging.close.call(from);
  return end;
}

function moveMessagePortToContext(port, context) {
  if (!messaging.isPort(port)) throw invalid('The "port" argument must be a MessagePort instance');
  if (context === null || typeof context !== 'object' || !vm.isContext(context)) throw invalid('Invalid context argument');
  if (!messaging.isOpen(port)) {
    const error = new Error('Cannot send data on closed MessagePort');
    error.code = 'ERR_CLOSED_MESSAGE_PORT';
    throw error;
  }
  const realm = realmOf(context), end = takeEnd(port), moved = realm.make(end);
  messaging.setRealm(end, realm.aFunction);
  listen(end, (type, value) => realm.emit(moved, type, value));
  messaging.stop.call(end);
  return moved;
}

module.exports = { moveMessagePortToContext };
