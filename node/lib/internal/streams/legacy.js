// SPDX-License-Identifier: MIT
// Stream, the base of all, and its old pipe() for emitters of 'data'.
'use strict';

const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

// A listener before all that are there, on anything that has on().
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') {
    emitter.prependListener(event, listener);
    return;
  }
  const existing = emitter._events?.[event];
  if (!existing) emitter.on(event, listener);
  else if (Array.isArray(existing)) existing.unshift(listener);
  else emitter._events[event] = [listener, existing];
}

// The listeners of one pipe. Packages know them by name: ondata, onclose, cleanup.
function wiresOf(source, dest, endsDest) {
  let isOver = false;
  const wires = [];
  const cleanup = () => {
    for (const { emitter, event, listener } of wires) emitter.removeListener(event, listener);
  };
  const wire = (emitter, event, listener, isFirst = false) => wires.push({ emitter, event, listener, isFirst });

  wire(source, 'data', function ondata(chunk) {
    if (dest.writable && dest.write(chunk) === false) source.pause?.();
  });
  wire(dest, 'drain', function ondrain() {
    if (source.readable) source.resume?.();
  });
  if (endsDest) {
    wire(source, 'end', function onend() {
      if (isOver) return;
      isOver = true;
      dest.end();
    });
    wire(source, 'close', function onclose() {
      if (!isOver) dest.destroy?.();
      isOver = true;
    });
  }
  // With nobody else to hear of it, an error is thrown as if there was no pipe.
  function onerror(error) {
    cleanup();
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error);
  }
  for (const emitter of [source, dest]) wire(emitter, 'error', onerror, true);
  for (const [emitter, event] of [[source, 'end'], [source, 'close'], [dest, 'close']]) wire(emitter, event, cleanup);
  return wires;
}

Stream.prototype.pipe = function(dest, options) {
  const endsDest = !dest._isStdio && options?.end !== false;
  for (const { emitter, event, listener, isFirst } of wiresOf(this, dest, endsDest)) {
    if (isFirst) prependListener(emitter, event, listener);
    else emitter.on(event, listener);
  }
  dest.emit('pipe', this);
  return dest;
};

// The events that streams know are always properties of _events (see Readable, Writable).
Stream.prototype.eventNames = function eventNames() {
  return Reflect.ownKeys(this._events).filter((name) => this._events[name] !== undefined);
};

module.exports = { Stream, prependListener };
