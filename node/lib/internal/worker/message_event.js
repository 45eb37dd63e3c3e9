// SPDX-License-Identifier: MIT
// MessageEvent and the event of a port's end.
'use strict';

const { Event } = require('internal/event');
const { isPort } = internalBinding('messaging');
const { makeEnumerable } = internalBinding('util');

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
makeEnumerable(MessageEvent.prototype);
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });

class MessagePortCloseEvent extends Event {
  constructor() {
    super('close');
  }
}

module.exports = { MessageEvent, MessagePortCloseEvent };
