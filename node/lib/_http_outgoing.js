// SPDX-License-Identifier: MIT
// OutgoingMessage: what ServerResponse and ClientRequest have in common: headers, the head's text, and a body that goes to the socket, or
// waits in outputData until the message has one. A message that ends with its first chunk is one string and one write.
'use strict';

const { Buffer } = require('buffer');
const { Stream } = require('internal/streams/legacy');
const { codes } = require('internal/errors');
const { getDefaultHighWaterMark } = require('internal/streams/state');
const { utcDate } = require('internal/http/date');
const { isToken, isValue, isRelaxedValue, tryWrite } = internalBinding('http_parser');
const { nextTick } = internalBinding('process');

const kOutHeaders = Symbol('kOutHeaders'), kNeedDrain = Symbol('kNeedDrain'), kCorked = Symbol('corked'), kSocket = Symbol('kSocket');
const kUniqueHeaders = Symbol('kUniqueHeaders'), kBytesWritten = Symbol('kBytesWritten'), kErrored = Symbol('errored');
const kHighWaterMark = Symbol('kHighWaterMark'), kRejectNonStandardBodyWrites = Symbol('kRejectNonStandardBodyWrites');
const kEndCallbacks = Symbol('kEndCallbacks'); // of end(), or null
const kLost = Symbol('lost'); // its end has not been sent, for the connection broke
const kSent = Symbol('sent'); // a method: what has to happen before 'finish'
const kChunkedBuffer = Symbol('kChunkedBuffer'), kChunkedLength = Symbol('kChunkedLength');

const CRLF = Buffer.from('\r\n');

function nop() {}

function OutgoingMessage(options) {
  Stream.call(this);
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false; // of the connection
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this.finished = false;
  this._headerSent = false;
  this._closed = false;
  this._header = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = nop;
  if (options !== undefined) {
    if (options.highWaterMark !== undefined) this[kHighWaterMark] = options.highWaterMark;
    if (options.rejectNonStandardBodyWrites) this[kRejectNonStandardBodyWrites] = true;
  }
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

// What nobody sees, and most messages never change, is theirs by inheritance.
Object.assign(OutgoingMessage.prototype, {
  [kBytesWritten]: 0,
  [kNeedDrain]: false,
  [kCorked]: 0,
  [kChunkedBuffer]: null, // chunks that wait for uncork
  [kChunkedLength]: 0,
  [kSocket]: null,
  [kOutHeaders]: null, // lower case name -> [name, value]
  [kErrored]: null,
  [kEndCallbacks]: null,
  [kHighWaterMark]: undefined, // the default then
  [kRejectNonStandardBodyWrites]: false,
});

function define(name, get, set, enumerable = false) {
  Object.defineProperty(OutgoingMessage.prototype, name, { configurable: false, enumerable, get, set });
}
define('errored', function() {
  return this[kErrored];
});
define('closed', function() {
  return this._closed;
});
define('writableFinished', function() {
  const socket = this[kSocket];
  return this.finished && this.outputSize === 0 && this[kLost] !== true && (!socket || socket.writableLength === 0);
});
define('writableObjectMode', () => false);
define('writableLength', function() {
  let length = this.outputSize + (this[kSocket]?.writableLength || 0);
  if (this[kChunkedBuffer] !== null) {
    length += this[kChunkedLength] + this[kChunkedLength].toString(16).length + 4;
    if (!this._headerSent) length += this._header.length;
  }
  return length;
});
define('writableHighWaterMark', function() {
  return this[kSocket] ? this[kSocket].writableHighWaterMark : (this[kHighWaterMark] ?? getDefaultHighWaterMark(false));
});
define('writableCorked', function() {
  return this[kCorked];
});
define('writableEnded', function() {
  return this.finished;
});
define('writableNeedDrain', function() {
  return !this.destroyed && !this.finished && this[kNeedDrain];
});
define('headersSent', function() {
  return Boolean(this._header);
}, undefined, true);
Object.defineProperty(OutgoingMessage.prototype, 'socket', {
  configurable: true,
  enumerable: true,
  get() {
    return this[kSocket];
  },
  set(socket) {
    if (this[kCorked] > 0) {
      for (let n = 0; n < this[kCorked]; n++) {
        socket?.cork();
        this[kSocket]?.uncork();
      }
    }
    this[kSocket] = socket;
  },
});
define('connection', function() {
  return this[kSocket];
}, function(socket) {
  this.socket = socket;
});

OutgoingMessage.prototype.cork = function() {
  this[kCorked]++;
  if (this[kSocket]) this[kSocket].cork();
};

OutgoingMessage.prototype.uncork = function() {
  if (this[kCorked] > 0) this[kCorked]--;
  if (this[kSocket]) this[kSocket].uncork();
  if (this[kCorked] !== 0 || this[kChunkedBuffer] === null) return;
  if (flushChunks(this, '', null) && this[kNeedDrain]) nextTick(emitDrain, this);
};

function emitDrain(message) {
  if (!message[kNeedDrain] || message.finished) return;
  message[kNeedDrain] = false;
  message.emit('drain');
}

function isText(chunks) {
  for (let i = 0; i < chunks.length; i += 3) {
    const encoding = chunks[i + 1];
    if (typeof chunks[i] !== 'string' || (encoding && encoding !== 'utf8' && encoding !== 'utf-8')) return false;
  }
  return true;
}

// What was written in one go is one chunk. `end`: what follows it.
function flushChunks(message, end, callback) {
  const chunks = message[kChunkedBuffer], callbacks = [], size = message[kChunkedLength].toString(16) + '\r\n';
  message[kChunkedBuffer] = null;
  message[kChunkedLength] = 0;
  for (let i = 2; i < chunks.length; i += 3) if (chunks[i]) callbacks.push(chunks[i]);
  if (callback) callbacks.push(callback);
  const done = callbacks.length === 0 ? null : callbacks.length === 1 ? callbacks[0] : (error) => {
    for (const f of callbacks) f(error);
  };
  if (isText(chunks)) {
    let text = size;
    for (let i = 0; i < chunks.length; i += 3) text += chunks[i];
    return message._send(text + '\r\n' + end, 'utf8', done);
  }
  message._send(size, 'latin1', null);
  for (let i = 0; i < chunks.length; i += 3) message._send(chunks[i], chunks[i + 1], null);
  return message._send('\r\n' + end, 'latin1', done);
}

OutgoingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this[kSocket]) {
    this.once('socket', (socket) => socket.setTimeout(msecs));
  } else {
    this[kSocket].setTimeout(msecs);
  }
  return this;
};

OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) this[kSocket].destroy(error);
  else this.once('socket', (socket) => socket.destroy(error));
  return this;
};

// ---- Sending ----

// Text or bytes behind the head, or with it.
OutgoingMessage.prototype._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent) {
    const header = this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData(header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

OutgoingMessage.prototype._writeRaw = function _writeRaw(data, encoding, callback, size) {
  const socket = this[kSocket];
  if (socket && socket.destroyed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < (this[kHighWaterMark] ?? getDefaultHighWaterMark(false));
};

// ---- The head ----

// The names that decide how the message is sent.
const CONNECTION = 1, CONTENT_LENGTH = 2, TRANSFER_ENCODING = 3, DATE = 4, EXPECT = 5, TRAILER = 6, KEEP_ALIVE = 7;

function kindOf(name) {
  switch (name.length) {
    case 4: return name.toLowerCase() === 'date' ? DATE : 0;
    case 6: return name.toLowerCase() === 'expect' ? EXPECT : 0;
    case 7: return name.toLowerCase() === 'trailer' ? TRAILER : 0;
    case 10:
      name = name.toLowerCase();
      return name === 'connection' ? CONNECTION : name === 'keep-alive' ? KEEP_ALIVE : 0;
    case 14: return name.toLowerCase() === 'content-length' ? CONTENT_LENGTH : 0;
    case 17: return name.toLowerCase() === 'transfer-encoding' ? TRANSFER_ENCODING : 0;
    default: return 0;
  }
}

const closePattern = /(?:^|\W)close(?:$|\W)/i, chunkedPattern = /(?:^|\W)chunked(?:$|\W)/i;

// The head while it is being made.
class Head {
  constructor(text) {
    this.text = text;
    this.hasConnection = false;
    this.hasLength = false;
    this.hasEncoding = false;
    this.hasDate = false;
    this.hasExpect = false;
    this.hasTrailer = false;
  }
}

function addField(message, head, name, value, isChecked) {
  if (isChecked && !(typeof value === 'string' ? isValue(value) : typeof value === 'number')) checkValue(message, name, value);
  head.text += name + ': ' + value + '\r\n';
  const kind = kindOf(name);
  if (kind !== 0) noteField(message, head, kind, value);
}

function noteField(message, head, kind, value) {
  switch (kind) {
    case CONNECTION:
      head.hasConnection = true;
      message._removedConnection = false;
      if (closePattern.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      break;
    case TRANSFER_ENCODING:
      head.hasEncoding = true;
      message._removedTE = false;
      if (chunkedPattern.test(value)) message.chunkedEncoding = true;
      break;
    case CONTENT_LENGTH:
      head.hasLength = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case DATE: head.hasDate = true; break;
    case EXPECT: head.hasExpect = true; break;
    case TRAILER: head.hasTrailer = true; break;
    default: message._defaultKeepAlive = false;
  }
}

// Lists are lines of their own, but for those that must be unique.
function addHeader(message, head, name, value, isChecked) {
  if (isChecked && !isToken(name)) validateHeaderName(name);
  if (Array.isArray(value)) {
    if ((value.length < 2 || name.toLowerCase() !== 'cookie') && !message[kUniqueHeaders]?.has(name.toLowerCase())) {
      for (let i = 0; i < value.length; i++) addField(message, head, name, value[i], isChecked);
      return;
    }
    value = value.join('; ');
  }
  addField(message, head, name, value, isChecked);
}

function addHeaders(message, head, headers) {
  if (headers === message[kOutHeaders]) {
    for (const key in headers) {
      const entry = headers[key];
      addHeader(message, head, entry[0], entry[1], false);
    }
  } else if (Array.isArray(headers)) {
    if (headers.length > 0 && Array.isArray(headers[0])) {
      for (let i = 0; i < headers.length; i++) addHeader(message, head, headers[i][0], headers[i][1], true);
    } else {
      if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
      for (let i = 0; i < headers.length; i += 2) addHeader(message, head, headers[i], headers[i + 1], true);
    }
  } else {
    for (const key in headers) if (Object.hasOwn(headers, key)) addHeader(message, head, key, headers[key], true);
  }
}

function addConnection(message, head) {
  const keeps = message.shouldKeepAlive && (head.hasLength || message.useChunkedEncodingByDefault || message.agent);
  if (keeps && message.maxRequestsOnConnectionReached) {
    head.text += 'Connection: close\r\n';
  } else if (keeps) {
    head.text += 'Connection: keep-alive\r\n';
    if (message._keepAliveTimeout && message._defaultKeepAlive) {
      const seconds = Math.floor(message._keepAliveTimeout / 1000), max = ~~message._maxRequestsPerSocket;
      head.text += max > 0 ? `Keep-Alive: timeout=${seconds}, max=${max}\r\n` : `Keep-Alive: timeout=${seconds}\r\n`;
    }
  } else {
    message._last = true;
    head.text += 'Connection: close\r\n';
  }
}

// How the other side will know where the body ends.
function addLength(message, head) {
  if (!message._hasBody) {
    message.chunkedEncoding = false;
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true;
  } else if (!head.hasTrailer && !message._removedContLen && typeof message._contentLength === 'number') {
    head.text += 'Content-Length: ' + message._contentLength + '\r\n';
  } else if (!message._removedTE) {
    head.text += 'Transfer-Encoding: chunked\r\n';
    message.chunkedEncoding = true;
  } else {
    message._last = true; // it ends with the connection
  }
}

OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  const head = new Head(firstLine);
  if (headers) addHeaders(this, head, headers);
  if (this.sendDate && !head.hasDate) head.text += 'Date: ' + utcDate() + '\r\n';
  // What has no body must not be chunked.
  if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
    this.chunkedEncoding = false;
    this.shouldKeepAlive = false;
  }
  if (this._removedConnection) this._last = !this.shouldKeepAlive;
  else if (!head.hasConnection) addConnection(this, head);
  if (!head.hasLength && !head.hasEncoding) addLength(this, head);
  if (this.chunkedEncoding !== true && head.hasTrailer) throw new codes.ERR_HTTP_TRAILER_INVALID();
  this._header = head.text + '\r\n';
  this._headerSent = false;
  // Who expects "100 Continue" sends the head at once.
  if (head.hasExpect) this._send('');
};

// ---- Headers ----

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !isToken(name)) throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
}

function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (!isValue(`${value}`)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

// Strictly, or as leniently as the message's server or client wants it.
function checkValue(message, name, value) {
  if (value !== undefined && message._isLenientHeaderValidation() && isRelaxedValue(`${value}`)) return;
  validateHeaderValue(name, value);
}

function requireName(name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
}

function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  const unique = new Set();
  for (const name of headers) unique.add(name.toLowerCase());
  return unique;
}

OutgoingMessage.prototype._isLenientHeaderValidation = function() {
  return false;
};

OutgoingMessage.prototype.setHeader = function setHeader(name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (typeof name !== 'string' || !isToken(name)) validateHeaderName(name);
  if (typeof value !== 'string' || !isValue(value)) checkValue(this, name, value);
  (this[kOutHeaders] ??= { __proto__: null })[name.toLowerCase()] = [name, value];
  return this;
};

OutgoingMessage.prototype.setHeaders = function setHeaders(headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  // Each Set-Cookie comes by itself from Headers.
  const cookies = [];
  for (const { 0: key, 1: value } of headers) {
    if (key === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
      continue;
    }
    this.setHeader(key, value);
  }
  if (cookies.length) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function appendHeader(name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('append');
  requireName(name);
  validateHeaderName(name);
  checkValue(this, name, value);
  const field = name.toLowerCase();
  const headers = this[kOutHeaders] ??= { __proto__: null };
  const known = headers[field];
  if (known === undefined) {
    headers[field] = [name, value];
  } else {
    const list = Array.isArray(known[1]) ? known[1].slice() : [known[1]];
    if (Array.isArray(value)) list.push(...value);
    else list.push(value);
    known[1] = list;
  }
  return this;
};

OutgoingMessage.prototype.getHeader = function getHeader(name) {
  requireName(name);
  return this[kOutHeaders]?.[name.toLowerCase()]?.[1];
};

OutgoingMessage.prototype.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.keys(this[kOutHeaders]);
};

OutgoingMessage.prototype.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : Object.values(this[kOutHeaders]).map((entry) => entry[0]);
};

OutgoingMessage.prototype.getHeaders = function getHeaders() {
  const headers = this[kOutHeaders], result = { __proto__: null };
  for (const key in headers) result[key] = headers[key][1];
  return result;
};

OutgoingMessage.prototype.hasHeader = function hasHeader(name) {
  requireName(name);
  return this[kOutHeaders] !== null && this[kOutHeaders][name.toLowerCase()] !== undefined;
};

OutgoingMessage.prototype.removeHeader = function removeHeader(name) {
  requireName(name);
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
  const key = name.toLowerCase();
  switch (key) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
  }
  if (this[kOutHeaders] !== null) delete this[kOutHeaders][key];
};

OutgoingMessage.prototype._renderHeaders = function() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  const headers = {};
  for (const key in this[kOutHeaders]) headers[this[kOutHeaders][key][0]] = this[kOutHeaders][key][1];
  return headers;
};

OutgoingMessage.prototype._implicitHeader = function() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype.flushHeaders = function() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

OutgoingMessage.prototype.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const isList = Array.isArray(headers);
  for (const key of Object.keys(headers)) {
    const field = isList ? headers[key][0] : key, value = isList ? headers[key][1] : headers[key];
    validateHeaderName(field, 'Trailer name');
    const values = Array.isArray(value) && value.length > 1 && !this[kUniqueHeaders]?.has(field.toLowerCase()) ? value
      : [Array.isArray(value) && value.length > 1 ? value.join('; ') : value];
    for (const one of values) {
      if (!isValue(`${one}`) && !(this._isLenientHeaderValidation() && isRelaxedValue(`${one}`))) throw new codes.ERR_INVALID_CHAR('trailer content', field);
      this._trailer += field + ': ' + one + '\r\n';
    }
  }
};

// ---- The body ----

function isBytes(chunk) {
  return ArrayBuffer.isView(chunk) && chunk instanceof Uint8Array;
}

function writeAfterEnd(message, callback) {
  const error = new codes.ERR_STREAM_WRITE_AFTER_END();
  nextTick(writeAfterEndSoon, message, error, callback);
}
function writeAfterEndSoon(message, error, callback) {
  message.emit('error', error);
  if (typeof callback === 'function') callback(error);
}

OutgoingMessage.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const goesOn = writeBody(this, chunk, encoding, callback, false);
  if (!goesOn) this[kNeedDrain] = true;
  return goesOn;
};

function checkChunk(chunk) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !isBytes(chunk)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
}

function lengthMismatch(message, length) {
  return new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(length + message[kBytesWritten], message._contentLength);
}

function writeBody(message, chunk, encoding, callback, isEnd) {
  if (typeof chunk !== 'string') checkChunk(chunk);
  if (message.destroyed) {
    if (callback) nextTick(callback, message.finished ? new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write'));
    return false;
  }
  if (message.finished) {
    writeAfterEnd(message, callback);
    return false;
  }
  let length = -1;
  if (message.strictContentLength) {
    length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
    if (strictlyHasLength(message) && (isEnd ? message._contentLength !== message[kBytesWritten] + length
      : message._contentLength < message[kBytesWritten] + length)) throw lengthMismatch(message, length);
    message[kBytesWritten] += length;
  }
  if (!message._header) {
    if (isEnd) message._contentLength = length < 0 ? (typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength) : length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    nextTick(callBack, callback);
    return true;
  }
  // The pieces of a chunk, and chunks that are written in one go, leave together.
  const socket = message[kSocket];
  if (!isEnd && socket && !socket.writableCorked) {
    message.cork();
    nextTick(uncorkSoon, message);
  }
  if (!message.chunkedEncoding || chunk.length === 0) return message._send(chunk, encoding, callback, length);
  if (length < 0) length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
  if (message[kCorked] !== 0) {
    (message[kChunkedBuffer] ??= []).push(chunk, encoding, callback);
    message[kChunkedLength] += length;
    return message[kChunkedLength] < (message[kHighWaterMark] ?? getDefaultHighWaterMark(false));
  }
  message._send(length.toString(16), 'latin1', null);
  message._send(CRLF, null, null);
  message._send(chunk, encoding, null, length);
  return message._send(CRLF, null, callback);
}

function callBack(callback) {
  if (typeof callback === 'function') callback();
}

function uncorkSoon(message) {
  message.uncork();
}

function strictlyHasLength(message) {
  return message.strictContentLength && message._contentLength != null && message._hasBody && !message._removedContLen &&
    !message.chunkedEncoding && !message.hasHeader('transfer-encoding');
}

// All of it has been handed to the system, or will never be.
function onFinish(message, error) {
  const callbacks = message[kEndCallbacks], isLost = error || message[kSocket]?._hadError || message[kSocket]?.errored;
  if (isLost) message[kLost] = true;
  if (!isLost && message[kSent] !== undefined) message[kSent]();
  if (callbacks !== null) {
    message[kEndCallbacks] = null;
    for (const f of callbacks) isLost ? f(error || message[kErrored]) : f();
  }
  if (!isLost) message.emit('finish');
}

function addEndCallback(message, callback) {
  if (message[kEndCallbacks] === null) message[kEndCallbacks] = [callback];
  else message[kEndCallbacks].push(callback);
}

OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      writeAfterEnd(this, typeof callback === 'function' ? callback : nop);
      return this;
    }
    if (!this._header && endAtOnce(this, chunk, encoding, callback)) return this;
    if (this[kSocket]) this[kSocket].cork();
    writeBody(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this.writableFinished) addEndCallback(this, callback);
      else callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    }
    return this;
  } else if (!this._header) {
    if (this[kSocket]) this[kSocket].cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  finishBody(this, callback, Boolean(chunk));
  return this;
};

// A text that is the whole body of a message whose head has not been made: one string, and with a socket that has nothing to do, one call of
// the system, after which there is nothing to wait for. false: it is not so simple.
function endAtOnce(message, chunk, encoding, callback) {
  if (typeof chunk !== 'string' || (encoding && encoding !== 'utf8' && encoding !== 'latin1') || message.strictContentLength) return false;
  if (message.destroyed || message[kCorked] !== 0) return false;
  message._contentLength = encoding === 'latin1' ? chunk.length : Buffer.byteLength(chunk);
  message._implicitHeader();
  if (!message._hasBody || message.chunkedEncoding || message._headerSent || message.outputData.length !== 0) {
    if (message._hasBody || message[kRejectNonStandardBodyWrites]) {
      if (message[kSocket]) message[kSocket].cork();
      writeBody(message, chunk, encoding, null, true);
    }
    finishBody(message, callback, true);
    return true;
  }
  finishAtOnce(message, message._header + chunk, encoding, callback);
  return true;
}

function finishAtOnce(message, text, encoding, callback) {
  const socket = message[kSocket];
  message._headerSent = true;
  if (typeof callback === 'function') addEndCallback(message, callback);
  const rest = socket !== null && socket._httpMessage === message ? writeAtOnce(socket, text, encoding) : text;
  if (rest === null) nextTick(onFinish, message);
  else message._writeRaw(rest, encoding, (error) => onFinish(message, error));
  message.finished = true;
  if (message.outputData.length === 0 && socket && socket._httpMessage === message) message._finish();
}

const kDirect = Symbol('direct'); // of a net.Socket whose handle is read by a parser

// What the system does not take at once, past the socket's own queue, if that is empty; null: nothing.
function writeAtOnce(socket, text, encoding) {
  const state = socket._writableState;
  if (socket[kDirect] !== true || socket.connecting || state.length !== 0 || state.corked !== 0 || state.ending || state.destroyed) return text;
  const handle = socket._handle;
  if (handle === null) return text;
  if (socket.timeout) socket._unrefTimer();
  return tryWrite(handle, text, encoding === 'latin1');
}

function finishBody(message, callback, hasWritten) {
  if (typeof callback === 'function') addEndCallback(message, callback);
  if (strictlyHasLength(message) && message[kBytesWritten] !== message._contentLength) throw lengthMismatch(message, 0);
  const finish = (error) => onFinish(message, error);
  if (message[kChunkedBuffer] !== null) flushChunks(message, '0\r\n' + message._trailer + '\r\n', finish);
  else if (message._hasBody && message.chunkedEncoding) message._send('0\r\n' + message._trailer + '\r\n', 'latin1', finish);
  else if (!message._headerSent || message.writableLength || hasWritten) message._send('', 'latin1', finish);
  else nextTick(finish);
  const socket = message[kSocket];
  if (socket) {
    // Fully uncork it: end() corked it, and write() may have.
    if (socket._writableState) socket._writableState.corked = 1;
    socket.uncork();
  }
  message[kCorked] = 1;
  message.uncork();
  message.finished = true;
  if (message.outputData.length === 0 && socket && socket._httpMessage === message) message._finish();
}

// All that belongs to the message has been handed to the socket.
OutgoingMessage.prototype._finish = function _finish() {
  this.emit('prefinish');
};

// The socket is the message's now: what has been waiting goes out.
OutgoingMessage.prototype._flush = function _flush() {
  const socket = this[kSocket];
  if (!socket || !socket.writable) return;
  const goesOn = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (goesOn && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype._flushOutput = function _flushOutput(socket) {
  const { outputData } = this;
  const n = outputData.length;
  if (n === 0) return undefined;
  let goesOn;
  socket.cork();
  for (let i = 0; i < n; i++) {
    const { data, encoding, callback } = outputData[i];
    outputData[i].data = null;
    goesOn = socket.write(data, encoding, callback);
  }
  socket.uncork();
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return goesOn;
};

OutgoingMessage.prototype.pipe = function pipe() {
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

OutgoingMessage.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

module.exports = {
  kHighWaterMark, kUniqueHeaders, parseUniqueHeadersOption, validateHeaderName, validateHeaderValue, OutgoingMessage,
};
// For lib/ only.
for (const [name, value] of Object.entries({ kNeedDrain, kOutHeaders, kSocket, kErrored, kCorked, kDirect, kSent, kRejectNonStandardBodyWrites })) {
  Object.defineProperty(module.exports, name, { value, enumerable: false });
}
