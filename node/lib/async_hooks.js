// SPDX-License-Identifier: MIT
// AsyncLocalStorage and AsyncResource: a context (an immutable map) that ticks, timers, immediates and completions carry along.
// Numbers, and the calls of hooks, are those of AsyncResources: what runs outside of any has number 1.
// Tests: tests/node/async_hooks/.
'use strict';

const { getAsyncContext, setAsyncContext } = internalBinding('process');
const { codes } = require('internal/errors');

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
    require('internal/validators').validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    this.#name = options.name === undefined ? '' : `${options.name}`;
  }
  get name() {
    return this.#name;
  }
  static bind(f) {
    require('internal/validators').validateFunction(f, 'fn');
    const context = getAsyncContext();
    function bound(...args) {
      return runIn(context, f, this, args);
    }
    return Object.defineProperty(bound, 'length', { configurable: true, enumerable: false, value: f.length, writable: false });
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
  withScope(store) {
    return new RunScope(this, store);
  }
  disable() {
    const map = new Map(getAsyncContext());
    map.delete(this);
    setAsyncContext(map);
  }
}

// `using scope = storage.withScope(store)`: until the end of the block.
class RunScope {
  #storage;
  #before;
  #isOver = false;
  constructor(storage, store) {
    this.#storage = storage;
    this.#before = storage.getStore();
    storage.enterWith(store);
  }
  dispose() {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#storage.enterWith(this.#before);
  }
  [Symbol.dispose]() {
    this.dispose();
  }
}

// ---- Hooks ----

const topLevel = {};
let lastAsyncId = 1, current = { id: 1, trigger: 0, resource: topLevel };
let enabledHooks = []; // replaced, never changed: hooks may come and go while they are called
let destroyed = [], collected;

function callHooks(name, ...args) {
  for (const hooks of enabledHooks) hooks[name]?.(...args);
}

function reportDestroyed(id) {
  if (!enabledHooks.some((hooks) => hooks.destroy !== undefined)) return;
  if (destroyed.push(id) > 1) return;
  require('timers').setImmediate(() => {
    const ids = destroyed;
    destroyed = [];
    for (const x of ids) callHooks('destroy', x);
  });
}

class AsyncHook {
  #hooks;
  constructor(hooks) {
    this.#hooks = hooks;
  }
  enable() {
    if (!enabledHooks.includes(this.#hooks)) enabledHooks = [...enabledHooks, this.#hooks];
    return this;
  }
  disable() {
    enabledHooks = enabledHooks.filter((hooks) => hooks !== this.#hooks);
    return this;
  }
}

function createHook({ init, before, after, destroy, promiseResolve }) {
  const hooks = { init, before, after, destroy, promiseResolve };
  for (const name of Object.keys(hooks)) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
  }
  return new AsyncHook(hooks);
}

// ---- Resources ----

class AsyncResource {
  #asyncId = ++lastAsyncId;
  #trigger;
  #context = getAsyncContext();
  constructor(type, options = {}) {
    require('internal/validators').validateString(type, 'type');
    const isNumber = typeof options === 'number';
    this.#trigger = isNumber ? options : options?.triggerAsyncId ?? current.id;
    if (!Number.isSafeInteger(this.#trigger) || this.#trigger < -1) {
      const error = new RangeError(`Invalid triggerAsyncId value: ${this.#trigger}`);
      error.code = 'ERR_INVALID_ASYNC_ID';
      throw error;
    }
    if (enabledHooks.length > 0) this.#announce(type, !isNumber && Boolean(options?.requireManualDestroy));
  }
  #announce(type, isManual) {
    if (type.length === 0) throw new codes.ERR_ASYNC_TYPE(type);
    callHooks('init', this.#asyncId, type, this.#trigger, this);
    if (isManual) return;
    collected ??= new FinalizationRegistry(reportDestroyed);
    collected.register(this, this.#asyncId, this);
  }
  runInAsyncScope(f, thisArg, ...args) {
    const outer = current;
    current = { id: this.#asyncId, trigger: this.#trigger, resource: this };
    try {
      if (enabledHooks.length > 0) callHooks('before', this.#asyncId);
      return runIn(this.#context, f, thisArg, args);
    } finally {
      if (enabledHooks.length > 0) callHooks('after', this.#asyncId);
      current = outer;
    }
  }
  emitDestroy() {
    collected?.unregister(this);
    reportDestroyed(this.#asyncId);
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

module.exports = {
  AsyncLocalStorage, AsyncResource, createHook,
  executionAsyncId: () => current.id,
  triggerAsyncId: () => current.trigger,
  executionAsyncResource: () => current.resource,
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
};
