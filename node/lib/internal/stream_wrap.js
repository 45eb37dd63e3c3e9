// SPDX-License-Identifier: MIT
// Streams of the loop (internalBinding('stream_wrap')) as their owners in JavaScript see them. What happens to a stream is told to its owner:
// a net.Socket or net.Server through the functions that net leaves here, any other by a call of the function that it is.
'use strict';

const binding = internalBinding('stream_wrap');
const { setCallback } = internalBinding('builtins');
const { Buffer } = require('buffer');

const TCP = 0, PIPE = 1, IPC = 2, TTY = 3;
// What owners that are functions are told, as first argument.
const events = { READ: 0, WRITTEN: 1, CONNECTED: 2, CONNECTION: 3, SHUTDOWN: 4, CLOSED: 5 };
const FIRST_CALLBACK = 16, PROTOTYPE = 22, BUFFER_PROTOTYPE = 23; // NodeCallback of node_internal.h

// `_handle` of sockets and servers: what programs look for there. lib/ itself calls the binding.
const prototype = {
  close(callback) {
    const owner = binding.getOwner(this);
    if (typeof callback === 'function') {
      binding.setOwner(this, (event) => {
        if (event === events.CLOSED) Reflect.apply(callback, owner, []);
      });
    }
    binding.close(this);
  },
  ref() {
    binding.reference(this, true);
  },
  unref() {
    binding.reference(this, false);
  },
  hasRef() {
    return binding.hasReference(this);
  },
  getAsyncId() {
    return 1;
  },
  readStart() {
    return binding.readStart(this);
  },
  readStop() {
    return binding.readStop(this);
  },
  setBlocking(flag) {
    return binding.setBlocking(this, Boolean(flag));
  },
  setNoDelay(flag) {
    return binding.setNoDelay(this, Boolean(flag));
  },
  setKeepAlive(enable, delay) {
    return binding.setKeepAlive(this, Boolean(enable), delay >>> 0, 1, 10);
  },
  getsockname(out) {
    return describe(binding.socketAddress(this), out);
  },
  getpeername(out) {
    return describe(binding.peerAddress(this), out);
  },
  get fd() {
    return binding.descriptor(this);
  },
  get bytesRead() {
    return binding.bytesRead(this);
  },
  get bytesWritten() {
    return binding.bytesWritten(this);
  },
  get writeQueueSize() {
    return binding.queueSize(this);
  },
};

function describe(address, out) {
  if (typeof address === 'number') return address;
  if (typeof address === 'object') Object.assign(out, address);
  return 0;
}

setCallback(PROTOTYPE, prototype);
setCallback(BUFFER_PROTOTYPE, Buffer.prototype);

// read, written, connected, connection, shutdown, closed: (owner, argument, second)
function setFunctions(functions) {
  functions.forEach((f, i) => setCallback(FIRST_CALLBACK + i, f));
}

module.exports = { TCP, PIPE, IPC, TTY, events, setFunctions };
