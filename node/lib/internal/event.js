// SPDX-License-Identifier: MIT
// Event and CustomEvent (DOM). `internals` is for internal/event_target.js, which dispatches them.
'use strict';

const codes = () => require('internal/errors').codes;
const custom = Symbol.for('nodejs.util.inspect.custom');
const kTarget = Symbol('kTarget');
const { now } = internalBinding('process');
const { makeEnumerable } = internalBinding('util');

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
    if (arguments.length === 0) throw new (codes().ERR_MISSING_ARGS)('type');
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
    if (event.#dispatching) throw new (codes().ERR_EVENT_RECURSION)(event.#type);
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

makeEnumerable(Event.prototype);
Object.defineProperty(Event.prototype, Symbol.toStringTag, { configurable: true, value: 'Event' });
for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
  for (const o of [Event, Event.prototype]) Object.defineProperty(o, name, { value, enumerable: true });
}

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new (codes().ERR_MISSING_ARGS)('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}
makeEnumerable(CustomEvent.prototype);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'CustomEvent' });

module.exports = { Event, CustomEvent, internals };
