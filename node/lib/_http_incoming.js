// SPDX-License-Identifier: MIT
// IncomingMessage: a request of a server, a response of a client. Most requests have no body and nobody looks for one, so the Readable in
// it begins when something touches _readableState, and until then its end is two booleans.
'use strict';

const { Readable } = require('stream');
const { Stream } = require('internal/streams/legacy');
const EventEmitter = require('events');
const { foldHeaders } = internalBinding('http_parser');
const { nextTick } = internalBinding('process');

const kHeaders = Symbol('kHeaders'), kHeadersDistinct = Symbol('kHeadersDistinct'), kHeadersCount = Symbol('kHeadersCount');
const kTrailers = Symbol('kTrailers'), kTrailersDistinct = Symbol('kTrailersDistinct'), kTrailersCount = Symbol('kTrailersCount');
const kAbortController = Symbol('kAbortController'), kState = Symbol('readableState'), kHighWaterMark = Symbol('highWaterMark');
const kEnded = Symbol('ended'), kDropped = Symbol('dropped'), kDetachAbortSignal = Symbol('kDetachAbortSignal');

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

function IncomingMessage(socket) {
  this._events = { __proto__: null, close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined };
  EventEmitter.call(this);
  this[kHighWaterMark] = socket ? socket.readableHighWaterMark : undefined;
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kHeadersCount] = 0;
  this.rawHeaders = [];
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false; // somebody has read
  this._dumped = false; // nobody will
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// What nobody sees, and most messages never change, is theirs by inheritance.
Object.assign(IncomingMessage.prototype, {
  [kState]: null,
  [kEnded]: false, // push(null) has been called
  [kDropped]: false, // destroy() has, after the response
  [kHeaders]: null,
  [kTrailers]: null,
  [kTrailersCount]: 0,
  [kAbortController]: null,
});

// The state that Readable works with, brought to where the message is.
Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  configurable: true,
  enumerable: false,
  get() {
    let state = this[kState];
    if (state !== null) return state;
    if (!Object.hasOwn(this, '_events')) return undefined; // the prototype itself
    state = new Readable.ReadableState({ highWaterMark: this[kHighWaterMark] }, this, false);
    this[kState] = state;
    if (this[kDropped]) {
      state.destroyed = state.closed = state.closeEmitted = true;
      state.ended = this[kEnded];
    } else if (this[kEnded]) {
      Reflect.apply(Readable.prototype.push, this, [null]);
    }
    return state;
  },
  set(state) {
    this[kState] = state;
  },
});

// The body is complete.
function endBody(message) {
  if (message[kState] === null) message[kEnded] = true;
  else message.push(null);
}

// The response has been sent: nobody needs the rest of the request. True: there is nothing in it that must be read first.
function dropBody(message) {
  const { _events: events } = message;
  if (message[kState] !== null || !message[kEnded] || events.close !== undefined || events.end !== undefined || events.data !== undefined ||
    events.readable !== undefined || message[kAbortController] !== null) return false;
  message[kDropped] = true;
  return true;
}

Object.defineProperty(IncomingMessage.prototype, 'connection', {
  configurable: false,
  enumerable: false,
  get() {
    return this.socket;
  },
  set(socket) {
    this.socket = socket;
  },
});

function defineHeaders(name, cache, count, list, isDistinct) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    configurable: false,
    enumerable: false,
    get() {
      let headers = this[cache];
      if (!headers) {
        headers = this[cache] = isDistinct ? { __proto__: null } : {};
        const raw = this[list];
        if (isDistinct) for (let i = 0; i < this[count]; i += 2) this._addHeaderLineDistinct(raw[i], raw[i + 1], headers);
        else if (this._addHeaderLine === addHeaderLine) foldHeaders(headers, raw, this[count], this.joinDuplicateHeaders === true);
        else for (let i = 0; i < this[count]; i += 2) this._addHeaderLine(raw[i], raw[i + 1], headers);
      }
      return headers;
    },
    set(value) {
      this[cache] = value;
    },
  });
}
defineHeaders('headers', kHeaders, kHeadersCount, 'rawHeaders', false);
defineHeaders('headersDistinct', kHeadersDistinct, kHeadersCount, 'rawHeaders', true);
defineHeaders('trailers', kTrailers, kTrailersCount, 'rawTrailers', false);
defineHeaders('trailersDistinct', kTrailersDistinct, kTrailersCount, 'rawTrailers', true);

// Aborted when the connection is lost, or the message destroyed, before the response is complete.
Object.defineProperty(IncomingMessage.prototype, 'signal', {
  configurable: true,
  enumerable: false,
  get() {
    if (this[kAbortController] !== null) return this[kAbortController].signal;
    const controller = this[kAbortController] = new AbortController();
    if (this.destroyed || this.aborted) controller.abort();
    else if (this.socket) this.socket.once('close', this[kDetachAbortSignal] = () => controller.abort());
    return controller.signal;
  },
});

// The message is done with its socket, which goes on to others.
function detachSignal(message) {
  if (typeof message[kDetachAbortSignal] === 'function') message.socket?.removeListener('close', message[kDetachAbortSignal]);
}

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  if (this.socket && this.socket.readable) readStart(this.socket);
};

// Before the message is complete, its connection ends with it.
IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error);
    const stop = require('internal/streams/end_of_stream').finished(this.socket, {}, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      stop();
      finishDestroy(this, e || error, callback);
    });
  } else {
    nextTick(finishDestroy, this, error, callback);
  }
};

function finishDestroy(message, error, callback) {
  // Whoever looks only for the end of a request is not told of an error.
  if (message.listenerCount('error') === 0) error = null;
  if (message.aborted) message[kAbortController]?.abort();
  callback(error);
}

// ---- Headers ----

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers, n) {
  if (!headers || headers.length === 0) return;
  if (this.complete) {
    this.rawTrailers = headers;
    this[kTrailersCount] = n;
    if (this[kTrailers]) foldHeaders(this[kTrailers], headers, n, this.joinDuplicateHeaders === true);
  } else {
    this.rawHeaders = headers;
    this[kHeadersCount] = n;
    if (this[kHeaders]) foldHeaders(this[kHeaders], headers, n, this.joinDuplicateHeaders === true);
  }
};

function addHeaderLine(field, value, dest) {
  foldHeaders(dest, [field, value], 2, this.joinDuplicateHeaders === true);
}
IncomingMessage.prototype._addHeaderLine = addHeaderLine;

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, dest) {
  field = field.toLowerCase();
  if (!dest[field]) dest[field] = [value];
  else dest[field].push(value);
};

// ---- A body that nobody wants ----

IncomingMessage.prototype._dumpAndCloseReadable = function _dumpAndCloseReadable() {
  this._dumped = true;
  const state = this._readableState;
  state.ended = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  // Buffered data may keep the socket paused.
  this.resume();
};

module.exports = { IncomingMessage, kDetachAbortSignal, readStart, readStop };
for (const [name, value] of Object.entries({ endBody, dropBody, detachSignal })) {
  Object.defineProperty(module.exports, name, { value, enumerable: false });
}
