// SPDX-License-Identifier: MIT
// ClientRequest: a request of a client and the way of its socket: from an agent, or made for it; to a parser; and back.
'use strict';

const net = require('net');
const { codes, connResetException } = require('internal/errors');
const { OutgoingMessage, kUniqueHeaders, parseUniqueHeadersOption, kNeedDrain, kOutHeaders } = require('_http_outgoing');
const { freeParser, newParser, HTTPParser, calculateLenientFlags, prepareError, _checkIsHttpToken: isToken } = require('_http_common');
const { Buffer } = require('buffer');
const agents = require('_http_agent');
const { channel } = require('diagnostics_channel');
const { nextTick } = internalBinding('process');

const kPath = Symbol('kPath'), kError = Symbol('kError');
const invalidPath = /[^\u0021-\u00ff]/;

const onRequestCreated = channel('http.client.request.created'), onRequestStart = channel('http.client.request.start');
const onRequestError = channel('http.client.request.error'), onResponseFinish = channel('http.client.response.finish');

function emitError(req, error) {
  if (onRequestError.hasSubscribers) onRequestError.publish({ request: req, error });
  req.emit('error', error);
}

// ---- Options ----

function checkHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function agentOf(options, defaultAgent) {
  const { agent } = options;
  if (agent === false) return new defaultAgent.constructor();
  if (agent === null || agent === undefined) return typeof options.createConnection === 'function' ? agent : defaultAgent;
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function methodOf(options) {
  const { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (!method) return 'GET';
  if (!isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
  return method.toUpperCase();
}

function flagOf(options, name) {
  const value = options[name];
  if (value !== undefined) require('internal/validators').validateBoolean(value, `options.${name}`);
  return value;
}

function durationOf(value, name) {
  const { validateNumber } = require('internal/validators');
  validateNumber(value, name);
  if (value < 0 || !Number.isFinite(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', value);
  if (value <= 2147483647) return value;
  process.emitWarning(`${value} does not fit into a 32-bit signed integer.\nTimer duration was truncated to 2147483647.`, 'TimeoutOverflowWarning');
  return 2147483647;
}

// Of the Host header.
function hostHeader(host, port, defaultPort) {
  const colon = host.indexOf(':');
  if (colon !== -1 && host.includes(':', colon + 1) && host[0] !== '[') host = `[${host}]`;
  return port && +port !== defaultPort ? `${host}:${port}` : host;
}

function withoutBody(method) {
  switch (method) {
    case 'GET': case 'HEAD': case 'DELETE': case 'OPTIONS': case 'TRACE': case 'CONNECT': return true;
    default: return false;
  }
}

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof input === 'string') {
    input = require('url').urlToHttpOptions(new URL(input));
  } else if (input instanceof URL) {
    input = require('url').urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  const defaultAgent = options._defaultAgent || agents.globalAgent;
  const agent = this.agent = agentOf(options, defaultAgent);
  const protocol = options.protocol || defaultAgent.protocol;
  const expected = agent?.protocol || defaultAgent.protocol;
  if (options.path && invalidPath.test(String(options.path))) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
  const defaultPort = options.defaultPort || agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;
  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = durationOf(options.timeout, 'timeout');
  const { signal } = options;
  if (signal) require('internal/streams/add_abort_signal').addAbortSignal(signal, this);
  const method = this.method = methodOf(options);
  const { validateInteger, validateOneOf } = require('internal/validators');
  this.maxHeaderSize = options.maxHeaderSize;
  if (this.maxHeaderSize !== undefined) validateInteger(this.maxHeaderSize, 'maxHeaderSize', 0);
  this.insecureHTTPParser = flagOf(options, 'insecureHTTPParser');
  this.httpValidation = options.httpValidation;
  if (this.httpValidation !== undefined) validateOneOf(this.httpValidation, 'options.httpValidation', ['strict', 'relaxed', 'insecure']);
  this.joinDuplicateHeaders = flagOf(options, 'joinDuplicateHeaders');
  this[kPath] = options.path || '/';
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !withoutBody(method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  if (agent) {
    // A connection that nobody will use again is closed.
    const isKept = agent.keepAlive || Number.isFinite(agent.maxSockets);
    this._last = !isKept;
    this.shouldKeepAlive = Boolean(isKept);
  }
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
  takeHeaders(this, options, setHost ? hostHeader(host, port, defaultPort) : '');
  if (onRequestCreated.hasSubscribers) onRequestCreated.publish({ request: this });
  connect(this, signal ? { ...options, signal: undefined } : options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

Object.defineProperty(ClientRequest.prototype, 'path', {
  configurable: true,
  enumerable: true,
  get() {
    return this[kPath];
  },
  set(value) {
    const path = String(value);
    if (invalidPath.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
    this[kPath] = path;
  },
});

function firstLine(req) {
  return `${req.method} ${req[kPath]} HTTP/1.1\r\n`;
}

function takeHeaders(req, options, host) {
  const { headers } = options;
  if (Array.isArray(headers)) {
    req._storeHeader(firstLine(req), headers);
    return;
  }
  if (headers) for (const key of Object.keys(headers)) req.setHeader(key, headers[key]);
  if (host && !req.getHeader('host')) req.setHeader('Host', host);
  if (options.auth && !req.getHeader('Authorization')) {
    req.setHeader('Authorization', 'Basic ' + Buffer.from(options.auth).toString('base64'));
  }
  if (req.getHeader('expect')) req._storeHeader(firstLine(req), req[kOutHeaders]);
}

function connect(req, options) {
  if (req.agent) {
    req.agent.addRequest(req, options);
    return;
  }
  req._last = true;
  req.shouldKeepAlive = false;
  options = { ...options, path: options.socketPath ? options.socketPath : undefined };
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(options));
    return;
  }
  let isCreated = false;
  const onCreate = (error, socket) => {
    if (isCreated) return;
    isCreated = true;
    if (error) nextTick(() => emitError(req, error));
    else req.onSocket(socket);
  };
  try {
    const socket = options.createConnection(options, onCreate);
    if (socket) onCreate(null, socket);
  } catch (error) {
    onCreate(error);
  }
}

// ---- Methods ----

ClientRequest.prototype._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (onRequestStart.hasSubscribers) onRequestStart.publish({ request: this });
};

ClientRequest.prototype._isLenientHeaderValidation = function() {
  return this.httpValidation === undefined ? this.insecureHTTPParser === true : this.httpValidation !== 'strict';
};

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(firstLine(this), this[kOutHeaders]);
};

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(emitAbort, this);
  this.destroy();
};

function emitAbort(req) {
  req.emit('abort');
}

ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this.res?._dump();
  this[kError] = error;
  this.socket?.destroy(error);
  return this;
};

function nop() {}

// A request that has no socket any more, or never had one.
function endWithout(req, error) {
  if (!error && !req.aborted) error = connResetException('socket hang up');
  if (error) emitError(req, error);
  req._closed = true;
  req.emit('close');
}

ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  nextTick(onSocketSoon, this, socket, error);
};

function onSocketSoon(req, socket, error) {
  if (!req.destroyed && !error) {
    useSocket(req, socket);
    req._flush();
    return;
  }
  error ||= req[kError];
  if (socket && (error || !req.agent || socket.destroyed)) {
    socket.on('error', nop); // it is the request's
    require('internal/streams/end_of_stream').finished(socket.destroy(error), {}, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      endWithout(req, e || error);
    });
    return;
  }
  if (socket) socket.emit('free');
  endWithout(req, error);
}

ClientRequest.prototype._deferToConnect = function _deferToConnect(method, args) {
  const call = () => {
    if (method) Reflect.apply(this.socket[method], this.socket, args);
  };
  const onSocket = () => {
    if (this.socket.writable) call();
    else this.socket.once('connect', call);
  };
  if (this.socket) onSocket();
  else this.once('socket', onSocket);
};

function emitTimeout() {
  this._httpMessage?.emit('timeout');
}

function listenForTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = emitTimeout;
  if (req.socket) req.socket.once('timeout', emitTimeout);
  else req.on('socket', (socket) => socket.once('timeout', emitTimeout));
}

function setSocketTimeout(socket, ms) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(ms));
  else socket.setTimeout(ms);
}

ClientRequest.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  listenForTimeout(this);
  msecs = durationOf(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) setSocketTimeout(this.socket, msecs);
  else this.once('socket', (socket) => setSocketTimeout(socket, msecs));
  return this;
};

ClientRequest.prototype.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};
ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};
ClientRequest.prototype.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

// ---- The socket ----

function useSocket(req, socket) {
  const parser = newParser();
  req.socket = socket;
  parser.initialize(HTTPParser.RESPONSE, null, req.maxHeaderSize || 0, calculateLenientFlags(req.insecureHTTPParser, req.httpValidation));
  parser.socket = socket;
  parser.outgoing = req;
  parser.joinDuplicateHeaders = req.joinDuplicateHeaders;
  parser.onIncoming = onResponse;
  if (typeof req.maxHeadersCount === 'number') parser.maxHeaderPairs = req.maxHeadersCount << 1;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenForTimeout(req);
  req.emit('socket', socket);
}

function stopReading(socket) {
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
}

function onSocketDrain() {
  const req = this._httpMessage;
  if (req && !req.finished && req[kNeedDrain]) {
    req[kNeedDrain] = false;
    req.emit('drain');
  }
}

function onSocketClose() {
  const req = this._httpMessage, { parser } = this, { res } = req;
  req.destroyed = true;
  if (parser) parser.finish(); // what lasts until the connection is closed ends here
  if (res) {
    if (!res.complete) res.destroy(connResetException('aborted'));
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable && !res._readableState.ended) res.push(null);
  } else {
    if (!this._hadError) {
      this._hadError = true;
      emitError(req, req[kError] ?? connResetException('socket hang up'));
    }
    req._closed = true;
    req.emit('close');
  }
  req.outputData.length = 0;
  if (parser) freeParser(parser, req, this);
}

function onSocketError(error) {
  const req = this._httpMessage, { parser } = this;
  if (req) {
    this._hadError = true; // so that it is told once
    emitError(req, error);
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  stopReading(this);
  this.destroy();
}

function onSocketEnd() {
  const req = this._httpMessage, { parser } = this;
  if (!req.res && !this._hadError) {
    this._hadError = true;
    emitError(req, connResetException('socket hang up'));
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, this);
  }
  this.end();
}

function isInformational(status) {
  return status < 200 && status >= 100 && status !== 101;
}

function onSocketData(chunk) {
  const req = this._httpMessage, { parser } = this;
  const result = parser.execute(chunk);
  const { incoming } = parser;
  if (result instanceof Error) {
    prepareError(result, parser, chunk);
    freeParser(parser, req, this);
    stopReading(this);
    this.destroy();
    this._hadError = true;
    emitError(req, result);
  } else if (incoming?.upgrade) {
    onUpgrade(req, this, parser, chunk.subarray(result));
  } else if (incoming?.complete && !isInformational(incoming.statusCode)) {
    stopReading(this);
    this.removeListener('drain', onSocketDrain);
    freeParser(parser, req, this);
  }
}

function onUpgrade(req, socket, parser, head) {
  const res = req.res = parser.incoming;
  stopReading(socket);
  socket.removeListener('drain', onSocketDrain);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  socket.removeListener('timeout', onResponseTimeout);
  parser.finish();
  freeParser(parser, req, socket);
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  socket._httpMessage = null;
  socket._readableState.flowing = null;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  req._closed = true;
  req.emit('close');
}

// ---- The response ----

const GO_ON = 0, SKIP_BODY = 1, IS_UPGRADE = 2, IS_NO_UPGRADE = 3;

// A method of parsers.
function onResponse(res, keepAlive) {
  const { socket } = this, req = socket._httpMessage;
  if (req.res) { // two for one request
    socket.destroy();
    return GO_ON;
  }
  req.res = res;
  if (res.upgrade) return IS_UPGRADE;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    return IS_UPGRADE;
  }
  if (isInformational(res.statusCode)) {
    req.res = null;
    if (res.statusCode === 100) req.emit('continue');
    req.emit('information', {
      statusCode: res.statusCode, statusMessage: res.statusMessage, httpVersion: res.httpVersion, httpVersionMajor: res.httpVersionMajor,
      httpVersionMinor: res.httpVersionMinor, headers: res.headers, rawHeaders: res.rawHeaders,
    });
    return SKIP_BODY;
  }
  if (req.shouldKeepAlive && !keepAlive) req.shouldKeepAlive = false;
  res.req = req;
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  if (req.timeoutCb === null && req.timeout !== undefined) socket.once('timeout', onResponseTimeout);
  if (onResponseFinish.hasSubscribers) onResponseFinish.publish({ request: req, response: res });
  if (req.aborted || !req.emit('response', res)) res._dump();
  if (req.method === 'HEAD') return SKIP_BODY;
  if (res.statusCode === 304) {
    res.complete = true;
    return SKIP_BODY;
  }
  return res.upgrade === false ? GO_ON : IS_NO_UPGRADE;
}

function onResponseTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

function onResponseEnd() {
  const { req } = this, { socket } = req;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', emitTimeout);
    socket.removeListener('timeout', onResponseTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket?.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    releaseSocket(req);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) releaseSocket(this);
}

// The connection can have another request.
function releaseSocket(req) {
  const { socket } = req;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('close', onSocketClose);
  socket.removeListener('error', onSocketError);
  stopReading(socket);
  socket.removeListener('drain', onSocketDrain);
  if (socket.parser) freeParser(socket.parser, req, socket);
  nextTick(emitFree, req); // behind the program's own listeners
  req.destroyed = true;
  if (req.res) req.res.socket = null;
}

function emitFree(req) {
  req._closed = true;
  req.emit('close');
  if (req.socket) nextTick(emitFreeOf, req.socket);
}

function emitFreeOf(socket) {
  socket.emit('free');
}

module.exports = { ClientRequest };
