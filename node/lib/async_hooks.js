// SPDX-License-Identifier: MIT
// AsyncLocalStorage and AsyncResource: a context (an immutable map) that ticks, timers, immediates and completions carry along.
'use strict';

const { getAsyncContext, setAsyncContext } = internalBinding('process');
const { codes } = require('internal/errors');

let nextAsyncId = 2;

function runIn(context, f, thisArg, args) {
  const before = setAsyncContext(context);
  try {
    return Reflect.apply(f, thisArg, args);
  } finally {
    setAsyncContext(before);
  }
}

class AsyncLocalStorage {
  #defaultValue;
  #name;
  constructor(options = {}) {
    this.#defaultValue = options?.defaultValue;
    this.#name = options?.name === undefined ? '' : `${options.name}`;
  }
  get name() {
    return this.#name;
  }
  static bind(f) {
    require('internal/validators').validateFunction(f, 'fn');
    const context = getAsyncContext();
    return function(...args) {
      return runIn(context, f, this, args);
    };
  }
  static snapshot() {
    return AsyncLocalStorage.bind((f, ...args) => f(...args));
  }
  #with(value) {
    const map = new Map(getAsyncContext());
    map.set(this, value);
    return map;
  }
  getStore() {
    const map = getAsyncContext();
    return map !== undefined && map.has(this) ? map.get(this) : this.#defaultValue;
  }
  run(value, f, ...args) {
    return runIn(this.#with(value), f, null, args);
  }
  exit(f, ...args) {
    return runIn(this.#with(undefined), f, null, args);
  }
  enterWith(value) {
    setAsyncContext(this.#with(value));
  }
  disable() {
    const map = new Map(getAsyncContext());
    map.delete(this);
    setAsyncContext(map);
  }
}

class AsyncResource {
  #asyncId = nextAsyncId++;
  #trigger;
  #context = getAsyncContext();
  constructor(type, options = {}) {
    require('internal/validators').validateString(type, 'type');
    this.#trigger = typeof options === 'number' ? options : options?.triggerAsyncId ?? 1;
    if (!Number.isSafeInteger(this.#trigger) || this.#trigger < -1) {
      const error = new RangeError(`Invalid triggerAsyncId value: ${this.#trigger}`);
      error.code = 'ERR_INVALID_ASYNC_ID';
      throw error;
    }
  }
  runInAsyncScope(f, thisArg, ...args) {
    return runIn(this.#context, f, thisArg, args);
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#asyncId;
  }
  triggerAsyncId() {
    return this.#trigger;
  }
  bind(f, thisArg) {
    require('internal/validators').validateFunction(f, 'fn');
    const resource = this;
    const bound = thisArg === undefined ? function(...args) {
      return resource.runInAsyncScope(f, this, ...args);
    } : this.runInAsyncScope.bind(this, f, thisArg);
    Object.defineProperty(bound, 'length', { configurable: true, enumerable: false, value: f.length, writable: false });
    return bound;
  }
  static bind(f, type, thisArg) {
    return new AsyncResource(type || f.name || 'bound-anonymous-fn').bind(f, thisArg);
  }
}

function createHook(hooks) {
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
  }
  return {
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  };
}

module.exports = {
  AsyncLocalStorage, AsyncResource, createHook,
  executionAsyncId: () => 1,
  triggerAsyncId: () => 0,
  executionAsyncResource: () => ({}),
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
};
