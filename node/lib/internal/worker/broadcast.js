// SPDX-License-Identifier: MIT
// BroadcastChannel: an EventTarget over an end that hears all others of its name.
'use strict';

const { EventTarget, defineEventHandler, dispatchValue } = require('internal/event_target');
const { listen } = require('internal/worker/io');
const { codes } = require('internal/errors');
const binding = internalBinding('messaging');
const { createBroadcast, ref, unref, close } = binding;
const custom = Symbol.for('nodejs.util.inspect.custom');

function makeEvent(type, data) {
  return new (require('internal/worker/message_event').MessageEvent)(type, { data });
}

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
      if (type !== 'close') dispatchValue(this, type, value, makeEvent);
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

module.exports = { BroadcastChannel, handles };
