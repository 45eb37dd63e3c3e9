// SPDX-License-Identifier: MIT
// Named channels for diagnostics.
'use strict';

const { codes } = require('internal/errors');
const channels = new Map();

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }
  get hasSubscribers() {
    return this._subscribers !== undefined || this._stores !== undefined;
  }
  subscribe(subscription) {
    require('internal/validators').validateFunction(subscription, 'subscription');
    this._subscribers = [...(this._subscribers ?? []), subscription];
  }
  unsubscribe(subscription) {
    const at = this._subscribers?.indexOf(subscription) ?? -1;
    if (at === -1) return false;
    this._subscribers = this._subscribers.toSpliced(at, 1);
    if (this._subscribers.length === 0) this._subscribers = undefined;
    return true;
  }
  publish(data) {
    for (const f of this._subscribers ?? []) {
      try {
        f(data, this.name);
      } catch (error) {
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }
  bindStore(store, transform) {
    (this._stores ??= new Map()).set(store, transform);
  }
  unbindStore(store) {
    if (!this._stores?.delete(store)) return false;
    if (this._stores.size === 0) this._stores = undefined;
    return true;
  }
  withStoreScope(data) {
    if (this._stores !== undefined) return new RunStoresScope(this, data);
    this.publish(data);
    return { [Symbol.dispose]() {} };
  }
  runStores(data, f, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(f, thisArg, args);
    };
    for (const [store, transform] of this._stores ?? []) {
      const next = run;
      run = () => store.run(transform ? transform(data) : data, next);
    }
    return run();
  }
}

// Publishes and enters the stores until it is disposed of.
class RunStoresScope {
  #left;
  constructor(channel, data) {
    this.#left = [...channel._stores].map(({ 0: store, 1: transform }) => store.withScope(transform ? transform(data) : data));
    channel.publish(data);
  }
  [Symbol.dispose]() {
    for (const scope of this.#left.splice(0).reverse()) scope.dispose();
  }
}

function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  let found = channels.get(name);
  if (!found) channels.set(name, (found = new Channel(name)));
  return found;
}

// ---- Channels for the beginning and the end of something ----

class BoundedChannelScope {
  #channels;
  #context;
  #stores;
  constructor(channels, context) {
    if (!channels.hasSubscribers) return;
    this.#channels = channels;
    this.#context = context;
    this.#stores = channels.start.withStoreScope(context);
  }
  [Symbol.dispose]() {
    const channels = this.#channels;
    if (channels === undefined) return;
    this.#channels = undefined;
    channels.end.publish(this.#context);
    this.#stores[Symbol.dispose]();
  }
}

const boundEvents = ['start', 'end'];

class BoundedChannel {
  constructor(nameOrChannels) {
    for (const event of boundEvents) {
      const value = eventChannel(nameOrChannels, event, 'BoundedChannel');
      Object.defineProperty(this, event, { configurable: false, enumerable: false, writable: false, value });
    }
  }
  get hasSubscribers() {
    return boundEvents.some((event) => this[event].hasSubscribers);
  }
  subscribe(handlers) {
    subscribeAll(this, boundEvents, handlers);
  }
  unsubscribe(handlers) {
    return unsubscribeAll(this, boundEvents, handlers);
  }
  withScope(context = {}) {
    return new BoundedChannelScope(this, context);
  }
  run(context, f, thisArg, ...args) {
    const scope = new BoundedChannelScope(this, context ?? {});
    try {
      return Reflect.apply(f, thisArg, args);
    } finally {
      scope[Symbol.dispose]();
    }
  }
}

function eventChannel(nameOrChannels, event, className) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels !== 'object' || nameOrChannels === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', className, 'Object'], nameOrChannels);
  }
  const found = nameOrChannels[event];
  if (!(found instanceof Channel)) throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, ['Channel'], found);
  return found;
}

function subscribeAll(channels, events, handlers) {
  for (const event of events) if (handlers[event]) channels[event].subscribe(handlers[event]);
}

function unsubscribeAll(channels, events, handlers) {
  let done = true;
  for (const event of events) if (handlers[event] && !channels[event].unsubscribe(handlers[event])) done = false;
  return done;
}

// ---- Tracing ----

const traceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of traceEvents) this[event] = eventChannel(nameOrChannels, event, 'TracingChannel');
  }
  get hasSubscribers() {
    return traceEvents.some((event) => this[event].hasSubscribers);
  }
  subscribe(handlers) {
    subscribeAll(this, traceEvents, handlers);
  }
  unsubscribe(handlers) {
    return unsubscribeAll(this, traceEvents, handlers);
  }
  traceSync(f, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(f, thisArg, args);
    return this.start.runStores(context, () => {
      try {
        return (context.result = Reflect.apply(f, thisArg, args));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
  tracePromise(f, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(f, thisArg, args);
    const settle = (key) => (value) => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
      if (key === 'error') throw value;
      return value;
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(f, thisArg, args)).then(settle('result'), settle('error'));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
  traceCallback(f, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(f, thisArg, args);
    const callback = args.at(position);
    const channels = this;
    args.splice(position, 1, function(error, result) {
      if (error) {
        context.error = error;
        channels.error.publish(context);
      } else {
        context.result = result;
      }
      channels.asyncStart.publish(context);
      try {
        return Reflect.apply(callback, this, arguments);
      } finally {
        channels.asyncEnd.publish(context);
      }
    });
    return this.traceSync(f, context, thisArg, ...args);
  }
}

module.exports = {
  channel, Channel, BoundedChannel,
  hasSubscribers: (name) => channels.get(name)?.hasSubscribers ?? false,
  subscribe: (name, f) => channel(name).subscribe(f),
  unsubscribe: (name, f) => channel(name).unsubscribe(f),
  tracingChannel: (nameOrChannels) => new TracingChannel(nameOrChannels),
  boundedChannel: (nameOrChannels) => new BoundedChannel(nameOrChannels),
};
