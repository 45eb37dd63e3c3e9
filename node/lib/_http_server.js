// SPDX-License-Identifier: MIT
// Server and ServerResponse. One Connection for each socket; nothing is made for a request but its two messages, and no listener is added: what
// has to happen behind a response is called by it. Idle connections are looked for from time to time instead of having a timer each.
'use strict';

const net = require('net');
const EventEmitter = require('events');
const { codes, connResetException } = require('internal/errors');
const STATUS_CODES = require('internal/http/status');
const { IncomingMessage, readStart, readStop, dropBody, detachSignal } = require('_http_incoming');
const {
  kUniqueHeaders, parseUniqueHeadersOption, OutgoingMessage, validateHeaderName, validateHeaderValue, kNeedDrain, kOutHeaders, kSocket, kDirect,
  kSent,
} = require('_http_outgoing');
const {
  continueExpression, freeParser, kIncomingMessage, HTTPParser, calculateLenientFlags, prepareError, newParser, failureOf, HAS_HOST, HAS_EXPECT,
} = require('_http_common');

const { channel } = require('diagnostics_channel');
const { isValue, age, isIdle } = internalBinding('http_parser');
const { now } = internalBinding('timers');
const { nextTick } = internalBinding('process');

const kServerResponse = Symbol('ServerResponse'), kConnections = Symbol('http.server.connections');
const kConnectionsCheckingInterval = Symbol('http.server.connectionsCheckingInterval'), kReaper = Symbol('reaper'), kConnection = Symbol('connection');
const kOptimizeEmptyRequests = Symbol('OptimizeEmptyRequestsOption'), kLenientFlags = Symbol('lenientFlags');
const kOnExecute = 5, DEFAULT_MAX_HEADERS = 1000;

const onRequestStart = channel('http.server.request.start'), onResponseCreated = channel('http.server.response.created');
const onResponseFinish = channel('http.server.response.finish');

// ---- ServerResponse ----

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  if (req.method === 'HEAD') this._hasBody = false;
  this.req = req;
  this.sendDate = true;
  this._sent100 = false;
  this._expect_continue = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    const te = req.headers.te;
    this.useChunkedEncodingByDefault = te !== undefined && /(?:^|\W)chunked(?:$|\W)/i.test(te);
    this.shouldKeepAlive = false;
  }
  if (onResponseCreated.hasSubscribers) onResponseCreated.publish({ request: req, response: this });
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

ServerResponse.prototype.statusCode = 200;
ServerResponse.prototype.statusMessage = undefined;
ServerResponse.prototype._finish = function _finish() {
  if (this._events.prefinish !== undefined) OutgoingMessage.prototype._finish.call(this);
};

// Of sockets that were assigned by programs; those of a server look after their responses themselves.
function onSocketClose() {
  if (this._httpMessage) emitClose(this._httpMessage);
}

function emitClose(res) {
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

function emitCloseLater(res) {
  nextTick(emitClose, res);
}

ServerResponse.prototype.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  if (socket[kConnection] === undefined) socket.on('close', onSocketClose);
  this.socket = socket;
  this.emit('socket', socket);
  this._flush();
};

ServerResponse.prototype.detachSocket = function detachSocket(socket) {
  if (socket[kConnection] === undefined) socket.removeListener('close', onSocketClose);
  socket._httpMessage = null;
  this[kSocket] = null;
};

// An answer before the answer.
ServerResponse.prototype.writeInformation = function writeInformation(statusCode, headers, callback) {
  if (typeof headers === 'function') {
    callback = headers;
    headers = undefined;
  }
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  require('internal/validators').validateInteger(statusCode, 'statusCode', 100, 199);
  if (statusCode === 101) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  let text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] || 'unknown'}\r\n`;
  for (const [name, value] of entriesOf(headers)) {
    validateHeaderName(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      validateHeaderValue(name, one);
      text += `${name}: ${one}\r\n`;
    }
  }
  return this._writeRaw(text + '\r\n', 'latin1', callback);
};

function entriesOf(headers) {
  if (headers === undefined || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers);
  const entries = [];
  for (let i = 0; i < headers.length; i += 2) entries.push([headers[i], headers[i + 1]]);
  return entries;
}

ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function writeProcessing(callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', callback);
};

const linkPattern = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function linkOf(hints) {
  const check = (value) => {
    if (typeof value === 'string' && linkPattern.test(value)) return value;
    throw new codes.ERR_INVALID_ARG_VALUE('hints', value,
      'must be an array or string of format "</styles.css>; rel=preload; as=style"');
  };
  if (typeof hints === 'string') return check(hints);
  if (Array.isArray(hints)) return hints.map(check).join(', ');
  return check(hints);
}

ServerResponse.prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  require('internal/validators').validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = linkOf(hints.link);
  if (link.length === 0) return;
  let text = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const key of Object.keys(hints)) {
    if (key === 'link') continue;
    validateHeaderName(key);
    validateHeaderValue(key, hints[key]);
    text += `${key}: ${hints[key]}\r\n`;
  }
  this._writeRaw(text + '\r\n', 'ascii', callback);
};

ServerResponse.prototype._isLenientHeaderValidation = function() {
  const server = this.req?.socket?.server;
  if (server === undefined || server === null) return false;
  const { httpValidation, insecureHTTPParser } = server;
  return httpValidation === undefined ? insecureHTTPParser === true : httpValidation !== 'strict';
};

ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

// setHeader's headers and those of writeHead together.
function mergeHeaders(res, headers) {
  if (Array.isArray(headers)) {
    if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
    // A name that is there more than once replaces what setHeader said, and is a list.
    for (let i = 0; i < headers.length; i += 2) res.removeHeader(headers[i]);
    for (let i = 0; i < headers.length; i += 2) if (headers[i]) res.appendHeader(headers[i], headers[i + 1]);
  } else if (headers) {
    for (const key of Object.keys(headers)) if (key) res.setHeader(key, headers[key]);
  }
}

ServerResponse.prototype.writeHead = function writeHead(statusCode, reason, headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  const given = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(given);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
    headers ??= reason;
  }
  this.statusCode = statusCode;
  if (this[kOutHeaders] !== null) {
    mergeHeaders(this, headers);
    headers = this[kOutHeaders];
  }
  if (!isValue(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  if (statusCode === 204 || statusCode === 304 || statusCode < 200) this._hasBody = false;
  // Who was told not to send the rest of the request will not be understood on this connection.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader('HTTP/1.1 ' + statusCode + ' ' + this.statusMessage + '\r\n', headers);
  return this;
};

// ---- Options ----

function storeHTTPOptions(options) {
  const { validateInteger, validateBoolean, validateFunction, validateOneOf } = require('internal/validators');
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  const duration = (name, otherwise) => {
    const value = options[name];
    if (value === undefined) return otherwise;
    validateInteger(value, name, 0);
    return value;
  };
  const flag = (name, otherwise) => {
    const value = options[name];
    if (value === undefined) return otherwise;
    validateBoolean(value, `options.${name}`);
    return value;
  };
  this.maxHeaderSize = duration('maxHeaderSize', undefined);
  this.insecureHTTPParser = flag('insecureHTTPParser', undefined);
  const { httpValidation } = options;
  if (httpValidation !== undefined) validateOneOf(httpValidation, 'options.httpValidation', ['strict', 'relaxed', 'insecure']);
  this.httpValidation = httpValidation;
  this.requestTimeout = duration('requestTimeout', 300000);
  this.headersTimeout = duration('headersTimeout', Math.min(60000, this.requestTimeout) || 60000);
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  this.keepAliveTimeout = duration('keepAliveTimeout', 5000);
  this.keepAliveTimeoutBuffer = duration('keepAliveTimeoutBuffer', 1000);
  this.connectionsCheckingInterval = duration('connectionsCheckingInterval', 30000);
  this.requireHostHeader = flag('requireHostHeader', true);
  this.joinDuplicateHeaders = flag('joinDuplicateHeaders', undefined);
  this.rejectNonStandardBodyWrites = flag('rejectNonStandardBodyWrites', false);
  this[kOptimizeEmptyRequests] = flag('optimizeEmptyRequests', false);
  const { shouldUpgradeCallback } = options;
  if (shouldUpgradeCallback !== undefined) validateFunction(shouldUpgradeCallback, 'options.shouldUpgradeCallback');
  this.shouldUpgradeCallback = shouldUpgradeCallback ?? function() {
    return this.listenerCount('upgrade') > 0;
  };
}

// ---- Server ----

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options == null) { // eslint-disable-line eqeqeq
    options = {};
  } else {
    require('internal/validators').validateObject(options, 'options');
    options = { ...options };
  }
  storeHTTPOptions.call(this, options);
  net.Server.call(this, {
    allowHalfOpen: true, noDelay: options.noDelay ?? true, keepAlive: options.keepAlive, keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  this.httpAllowHalfOpen = false; // the other end of allowHalfOpen, which a server of HTTP always is
  this.on('connection', connectionListener);
  this.on('listening', setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
  this[kConnections] = new Set();
  this[kReaper] = null;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function httpServerPreClose(server) {
  server.closeIdleConnections();
  clearInterval(server[kConnectionsCheckingInterval]);
}

Server.prototype.close = function close() {
  httpServerPreClose(this);
  return Reflect.apply(net.Server.prototype.close, this, arguments);
};

Server.prototype[Symbol.asyncDispose] = async function() {
  await new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};

Server.prototype.closeAllConnections = function closeAllConnections() {
  for (const connection of this[kConnections]) connection.socket.destroy();
};

Server.prototype.closeIdleConnections = function closeIdleConnections() {
  for (const connection of this[kConnections]) {
    const { socket, parser } = connection;
    if (isIdle(parser) && (!socket._httpMessage || socket._httpMessage.finished)) socket.destroy();
  }
};

Server.prototype.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, ...args) {
  if (event !== 'request') {
    Reflect.apply(net.Server.prototype[EventEmitter.captureRejectionSymbol], this, [error, event, ...args]);
    return;
  }
  const res = args[1];
  if (!res.headersSent && !res.writableEnded) {
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    res.statusCode = 500;
    res.end(STATUS_CODES[500]);
  } else {
    res.destroy();
  }
};

function setupConnectionsTracking() {
  if (this[kConnectionsCheckingInterval]) clearInterval(this[kConnectionsCheckingInterval]);
  this[kConnectionsCheckingInterval] = setInterval(checkConnections, this.connectionsCheckingInterval, this).unref();
}

// Requests that take too long to come.
function checkConnections(server) {
  const { headersTimeout, requestTimeout } = server;
  if (headersTimeout === 0 && requestTimeout === 0) return;
  for (const connection of server[kConnections]) {
    const ms = age(connection.parser);
    if ((ms > 0 && headersTimeout > 0 && ms >= headersTimeout) || (ms !== 0 && requestTimeout > 0 && Math.abs(ms) >= requestTimeout)) {
      socketOnError.call(connection.socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
    }
  }
}

// Connections that have waited too long for another request. One timer for all of them, for the first that may be due.
function reap(server) {
  server[kReaper] = null;
  const at = now();
  let next = Infinity;
  for (const connection of server[kConnections]) {
    const { idleUntil } = connection;
    if (idleUntil === 0) continue;
    if (idleUntil <= at) {
      connection.idleUntil = 0;
      connection.socket.emit('timeout');
    } else if (idleUntil < next) {
      next = idleUntil;
    }
  }
  if (next !== Infinity) server[kReaper] = setTimeout(reap, Math.max(next - at, 50), server).unref();
}

// ---- Connections ----

class Connection {
  constructor(server, socket, parser) {
    this.server = server;
    this.socket = socket;
    this.parser = parser;
    this.incoming = []; // requests whose responses have not been sent
    this.outgoing = []; // responses behind the one that has the socket
    this.outgoingData = 0;
    this.requestsCount = 0;
    this.idleUntil = 0; // loop time at which an idle connection is closed; 0: it is not idle
    this.onPendingData = (amount) => this.noteOutgoing(amount);
  }
  // Responses that wait must not become too much: then no more requests are read.
  noteOutgoing(amount) {
    this.outgoingData += amount;
    const { socket } = this;
    if (socket._paused && this.outgoingData < socket.writableHighWaterMark) socketOnDrain.call(socket);
  }
}

function connectionListener(socket) {
  const server = this;
  const parser = newParser(), connection = new Connection(server, socket, parser);
  socket.server = server;
  socket[kConnection] = connection;
  const lenient = server[kLenientFlags] ??= calculateLenientFlags(server.insecureHTTPParser, server.httpValidation);
  const maxHeaders = typeof server.maxHeadersCount === 'number' ? server.maxHeadersCount : DEFAULT_MAX_HEADERS;
  parser.initialize(HTTPParser.REQUEST, null, server.maxHeaderSize || 0, lenient, true, maxHeaders);
  parser.socket = socket;
  parser.connection = connection;
  parser.onIncoming = parserOnIncoming;
  parser[kOnExecute] = onParserExecute;
  parser.maxHeaderPairs = 0; // more are an error
  socket.parser = parser;
  socket._paused = false;
  server[kConnections].add(connection);
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  socket.on('timeout', socketOnTimeout);
  socket.on('error', socketOnError);
  socket.on('end', socketOnEnd);
  socket.on('close', socketOnClose);
  socket.on('drain', socketOnDrain);
  if (!takeReading(socket, parser)) socket.on('data', socketOnData);
}

// The parser reads where the bytes arrive. As soon as somebody else wants to see them, they come as 'data' again.
function takeReading(socket, parser) {
  const handle = socket._handle;
  if (!(socket instanceof net.Socket) || !handle || socket[kDirect] !== undefined || socket.listenerCount('data') > 0) return false;
  parser.consume(handle);
  parser._consumed = true;
  socket[kDirect] = true;
  socket.on('pause', onSocketPause);
  socket.on('resume', onSocketResume);
  socket.on = socketOn;
  socket.addListener = socketOn;
  socket.prependListener = socketPrepend;
  return true;
}

function giveReading(socket, parser) {
  if (!parser._consumed) return;
  parser.unconsume();
  parser._consumed = false;
  stopDirect(socket);
  if (socket.parser === parser) net.Socket.prototype.on.call(socket, 'data', socketOnData);
}

function stopDirect(socket) {
  socket[kDirect] = false;
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  socket.removeListener('pause', onSocketPause);
  socket.removeListener('resume', onSocketResume);
}

function socketOn(event, listener) {
  if ((event === 'data' || event === 'readable') && this.parser) giveReading(this, this.parser);
  return net.Socket.prototype.on.call(this, event, listener);
}

function socketPrepend(event, listener) {
  if ((event === 'data' || event === 'readable') && this.parser) giveReading(this, this.parser);
  return net.Socket.prototype.prependListener.call(this, event, listener);
}

function onSocketPause() {
  this._handle?.readStop();
}

function onSocketResume() {
  if (this._paused) this.pause();
  else this._handle?.readStart();
}

function socketOnData(chunk) {
  const { parser } = this;
  if (!parser) return;
  onExecuted(this, parser, parser.execute(chunk), chunk);
}

// From C, when it could not take all of the bytes, or failed.
function onParserExecute(result, chunk) {
  onExecuted(this.socket, this, result < 0 ? failureOf(this, result) : result, chunk);
}

function onExecuted(socket, parser, result, chunk) {
  if (result instanceof Error) {
    prepareError(result, parser, chunk);
    socketOnError.call(socket, result);
  } else if (parser.incoming !== null && parser.incoming.upgrade) {
    onUpgrade(socket, parser, chunk.subarray(result));
  }
}

function onUpgrade(socket, parser, head) {
  const { server } = socket, req = parser.incoming;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (server.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  const wasDirect = parser._consumed;
  forget(socket, parser);
  if (!wasDirect) socket.removeListener('data', socketOnData);
  socket.removeListener('end', socketOnEnd);
  socket.removeListener('close', socketOnClose);
  socket.removeListener('drain', socketOnDrain);
  socket.removeListener('error', socketOnError);
  socket.removeListener('timeout', socketOnTimeout);
  parser.finish();
  freeParser(parser, null, socket);
  socket[kConnection] = undefined;
  // Who takes over the socket finds it as if nobody had read it.
  socket._readableState.flowing = null;
  server.emit(event, req, socket, head);
}

function forget(socket, parser) {
  socket.server[kConnections].delete(socket[kConnection]);
  if (!parser._consumed) return;
  parser.unconsume();
  parser._consumed = false;
  stopDirect(socket);
}

function socketOnTimeout() {
  const req = this.parser?.incoming, res = this._httpMessage;
  const reqTimeout = req && !req.complete && req.emit('timeout', this);
  const resTimeout = res && res.emit('timeout', this);
  const serverTimeout = this.server.emit('timeout', this);
  if (!reqTimeout && !resTimeout && !serverTimeout) this.destroy();
}

function socketOnClose() {
  const connection = this[kConnection], { parser } = connection;
  connection.server[kConnections].delete(connection);
  freeParser(parser, null, this);
  // Requests whose clients are gone.
  while (connection.incoming.length > 0) connection.incoming.shift().destroy(connResetException('aborted'));
  if (this._httpMessage) emitClose(this._httpMessage);
}

function socketOnEnd() {
  const connection = this[kConnection], { parser, server } = connection;
  const result = parser.finish();
  if (result instanceof Error) {
    prepareError(result, parser, undefined);
    socketOnError.call(this, result);
  } else if (!server.httpAllowHalfOpen) {
    this.end();
  } else if (connection.outgoing.length > 0) {
    connection.outgoing[connection.outgoing.length - 1]._last = true;
  } else if (this._httpMessage) {
    this._httpMessage._last = true;
  } else {
    this.end();
  }
}

function socketOnDrain() {
  const connection = this[kConnection];
  if (this._paused && connection.outgoingData <= this.writableHighWaterMark) {
    this._paused = false;
    this.resume();
  }
  const message = this._httpMessage;
  if (message && !message.finished && message[kNeedDrain]) {
    message[kNeedDrain] = false;
    message.emit('drain');
  }
}

function answer(code, text) {
  return `HTTP/1.1 ${code} ${text}\r\nConnection: close\r\n\r\n`;
}

function nop() {}

function socketOnError(error) {
  this.removeListener('error', socketOnError);
  if (this.listenerCount('error') === 0) this.on('error', nop);
  if (this.server.emit('clientError', error, this)) return;
  // Not into the middle of a response.
  if (this.writable && (!this._httpMessage || !this._httpMessage._headerSent)) {
    let text;
    switch (error.code) {
      case 'HPE_HEADER_OVERFLOW': text = answer(431, STATUS_CODES[431]); break;
      case 'HPE_CHUNK_EXTENSIONS_OVERFLOW': text = answer(413, STATUS_CODES[413]); break;
      case 'ERR_HTTP_REQUEST_TIMEOUT': text = answer(408, STATUS_CODES[408]); break;
      default: text = answer(400, STATUS_CODES[400]);
    }
    this.write(text);
  }
  this.destroy(error);
}

// ---- Requests ----

const SKIP_NOTHING = 0, IS_UPGRADE = 2, IS_NO_UPGRADE = 3;

// A method of parsers.
function parserOnIncoming(req, keepAlive, facts) {
  const { connection, socket } = this, { server } = connection;
  if (connection.idleUntil !== 0) connection.idleUntil = 0;
  let result = SKIP_NOTHING;
  if (req.upgrade) {
    req.upgrade = req.method === 'CONNECT' || Boolean(server.shouldUpgradeCallback(req));
    if (req.upgrade) return IS_UPGRADE;
    result = IS_NO_UPGRADE;
  }
  connection.incoming.push(req);
  if (!socket._paused && (socket._writableState.needDrain || connection.outgoingData >= socket.writableHighWaterMark)) {
    socket._paused = true;
    socket.pause(); // the other side sends, but does not read
  }
  const res = new server[kServerResponse](req, server);
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._maxRequestsPerSocket = server.maxRequestsPerSocket;
  res._onPendingData = connection.onPendingData;
  res.shouldKeepAlive = keepAlive;
  res[kConnection] = connection;
  if (server[kUniqueHeaders] !== null) res[kUniqueHeaders] = server[kUniqueHeaders];
  if (onRequestStart.hasSubscribers) onRequestStart.publish({ request: req, response: res, socket, server });
  if (socket._httpMessage) connection.outgoing.push(res);
  else res.assignSocket(socket);
  if (req.httpVersionMajor === 1 && req.httpVersionMinor === 1 && !isPlain(server, connection, req, res, facts)) return result;
  if (server[kOptimizeEmptyRequests] && (facts & 1) !== 0) req._dumpAndCloseReadable();
  server.emit('request', req, res);
  return result;
}

// Whether 'request' is what a request leads to. Else it has been seen to.
function isPlain(server, connection, req, res, facts) {
  if ((facts & HAS_HOST) === 0 && server.requireHostHeader) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return false;
  }
  const max = server.maxRequestsPerSocket;
  if (max > 0) {
    connection.requestsCount++;
    res.maxRequestsOnConnectionReached = max <= connection.requestsCount;
    if (max < connection.requestsCount) {
      server.emit('dropRequest', req, connection.socket);
      res.writeHead(503);
      res.end();
      return false;
    }
  }
  return (facts & HAS_EXPECT) === 0 || !expects(server, req, res);
}

function expects(server, req, res) {
  if (continueExpression.test(req.headers.expect)) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
      return true;
    }
    res.writeContinue();
    return false;
  }
  if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
  return true;
}

// The response has been handed to the system.
ServerResponse.prototype[kSent] = function() {
  const res = this, connection = res[kConnection];
  if (connection === undefined) return;
  const { socket, server } = connection, { req } = res;
  res[kConnection] = undefined;
  if (onResponseFinish.hasSubscribers) onResponseFinish.publish({ request: req, response: res, socket, server });
  connection.incoming.shift();
  const isDropped = dropBody(req);
  if (!isDropped) {
    if (!req._consuming) req._dump(); // what is left of it has to be read
    detachSignal(req);
  }
  res.detachSocket(socket);
  if (connection.parser.incoming === req && req.complete) connection.parser.incoming = null;
  nextTick(isDropped ? emitClose : emitCloseLater, res); // behind the 'end' of the request
  if (res._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (connection.outgoing.length === 0) {
    const ms = server.keepAliveTimeout;
    if (ms > 0 && Number.isFinite(ms)) {
      connection.idleUntil = now() + ms + server.keepAliveTimeoutBuffer;
      server[kReaper] ??= setTimeout(reap, ms + server.keepAliveTimeoutBuffer, server).unref();
    }
  } else {
    connection.outgoing.shift().assignSocket(socket);
  }
};

module.exports = {
  STATUS_CODES, Server, ServerResponse, setupConnectionsTracking, storeHTTPOptions, _connectionListener: connectionListener, kServerResponse,
  httpServerPreClose, kConnectionsCheckingInterval,
};
