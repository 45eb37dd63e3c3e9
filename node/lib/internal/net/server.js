// SPDX-License-Identifier: MIT
// Server: accepts connections of a port, a path or a descriptor.
'use strict';

const EventEmitter = require('events');
const { codes, errnoException } = require('internal/errors');
const { TCP, PIPE } = require('internal/stream_wrap');
const { errnos, listenError } = require('internal/net/errors');
const { Socket, optionsOf, kHandle, kConnected, kClosed } = require('internal/net/socket');
const { normalizeArguments, toNumber, isPipeName } = require('internal/net/connect');
const { checkPort } = require('internal/net/ports');
const { transfer, ofServer } = require('internal/net/transfer');

const binding = internalBinding('stream_wrap');
const { nextTick, handleType } = internalBinding('process');

const IPV6_ONLY = 1, READABLE = 1, WRITABLE = 2; // libuv's
const BACKLOG = 511;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options == null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  const { highWaterMark, keepAliveInitialDelay, blockList } = options;
  if (highWaterMark !== undefined) require('internal/validators').validateNumber(highWaterMark, 'options.highWaterMark');
  if (keepAliveInitialDelay !== undefined) require('internal/validators').validateNumber(keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = Math.max(~~((keepAliveInitialDelay ?? 0) / 1000), 0);
  this.highWaterMark = highWaterMark ?? require('internal/streams/state').getDefaultHighWaterMark(false);
  if (blockList === undefined) return;
  if (!require('internal/net/block_list').BlockList.isBlockList(blockList)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', blockList);
  }
  this.blockList = blockList;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

// ---- A stream to listen on ----

function closed(handle, error) {
  binding.setOwner(handle, undefined);
  binding.close(handle);
  return error;
}

// A bound stream, or libuv's error.
function createServerHandle(address, port, family, fd, options = {}) {
  let handle, error;
  if (typeof fd === 'number' && fd >= 0) {
    const type = handleType(fd);
    if (type !== 'PIPE' && type !== 'TCP') return errnos.EINVAL;
    handle = binding.create(type === 'TCP' ? TCP : PIPE, undefined, -1);
    if (typeof handle === 'number') return handle;
    error = binding.open(handle, fd);
    return error ? closed(handle, error) : handle;
  }
  if (port === -1 && family === -1) {
    handle = binding.create(PIPE, undefined, -1);
    if (typeof handle === 'number') return handle;
    error = binding.bindPipe(handle, address);
    return error ? closed(handle, error) : handle;
  }
  handle = binding.create(TCP, undefined, -1);
  if (typeof handle === 'number') return handle;
  if (address || family) error = binding.bind(handle, address || (family === 6 ? '::' : '0.0.0.0'), port, options.flags ?? 0, Boolean(options.reusePort));
  return error ? closed(handle, error) : handle;
}

function emitLater(server, name, value) {
  nextTick(() => {
    if (name !== 'listening' || server._handle) server.emit(name, value);
  });
}

// What the server listens on is bound; `address` is null for any.
function listenOn(server, address, port, family, backlog, fd, options) {
  if (!server._handle) {
    let handle;
    if (!address && typeof fd !== 'number') {
      handle = createServerHandle('::', port, 6, fd, options);
      if (typeof handle === 'number') {
        address = '0.0.0.0';
        family = 4;
      } else {
        address = '::';
        family = 6;
      }
    }
    if (typeof handle !== 'object') handle = createServerHandle(address, port, family, fd, options);
    if (typeof handle === 'number') {
      emitLater(server, 'error', listenError(handle, 'listen', address, port));
      return;
    }
    server._handle = handle;
  }
  const handle = server._handle;
  binding.setOwner(handle, server);
  const error = binding.listen(handle, backlog || BACKLOG);
  if (error) {
    const wrong = listenError(error, 'listen', address, port);
    server._handle = null;
    closed(handle);
    emitLater(server, 'error', wrong);
    return;
  }
  if (server._unref) server.unref();
  emitLater(server, 'listening');
}

// ---- listen ----

function addSignal(server, options) {
  const { signal } = options;
  if (signal === undefined) return;
  require('internal/validators').validateAbortSignal(signal, 'options.signal');
  const onAbort = () => server.close();
  if (signal.aborted) nextTick(onAbort);
  else server.once('close', EventEmitter.addAbortListener(signal, onAbort)[Symbol.dispose]);
}

// A stream that somebody has bound: of another server or socket, or given itself.
function boundHandle(options) {
  const { BoundSocket, adopt } = require('internal/net/bound_socket');
  for (const value of [options, options.handle]) if (value instanceof BoundSocket) return adopt(value);
  for (const value of [options._handle, options[kHandle], options.handle?._handle, options.handle, options]) {
    if (value !== null && typeof value === 'object' && isStream(value)) return value;
  }
  return undefined;
}

function isStream(value) {
  return Object.getPrototypeOf(value) === streamPrototype();
}

let known;
function streamPrototype() {
  if (known === undefined) {
    const handle = binding.create(TCP, undefined, -1);
    known = Object.getPrototypeOf(handle);
    binding.close(handle);
  }
  return known;
}

function wantsAnyPort(args, options) {
  return args.length === 0 || typeof args[0] === 'function' || (options.port === undefined && 'port' in options) || options.port === null;
}

function listenPort(server, options, backlog) {
  const port = checkPort(options.port, 'options.port');
  const how = { flags: options.ipv6Only === true ? IPV6_ONLY : 0, reusePort: options.reusePort === true };
  if (!options.host) {
    listenOn(server, null, port, 4, backlog, undefined, how);
    return;
  }
  const id = server._listeningId;
  require('dns').lookup(options.host, (error, ip, family) => {
    if (id !== server._listeningId) return; // closed since
    if (error) server.emit('error', error);
    else listenOn(server, ip, port, ip ? family : 4, backlog, undefined, how);
  });
}

function listenPath(server, options, backlog) {
  server._pipeName = options.path;
  listenOn(server, options.path, -1, -1, backlog);
  const handle = server._handle;
  if (!handle) return;
  const mode = (options.readableAll === true ? READABLE : 0) | (options.writableAll === true ? WRITABLE : 0);
  const error = mode ? binding.chmod(handle, mode) : 0;
  if (!error) return;
  server._handle = null;
  closed(handle);
  throw errnoException(error, 'uv_pipe_chmod');
}

Server.prototype.listen = function(...args) {
  const [options, callback] = normalizeArguments(args);
  if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  const backlogOfArguments = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]);
  const handle = boundHandle(options);
  if (handle !== undefined) {
    this._handle = handle;
    listenOn(this, null, -1, -1, options.backlog || backlogOfArguments);
    return this;
  }
  addSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenOn(this, null, null, null, backlogOfArguments, options.fd);
    return this;
  }
  if (wantsAnyPort(args, options)) options.port = 0;
  if (options.reusePort === true) options.exclusive = true;
  const backlog = options.backlog || backlogOfArguments;
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    listenPort(this, options, backlog);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenPath(this, options, backlog);
    return this;
  }
  if (!('port' in options) && !('path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true,
  enumerable: true,
  get() {
    return Boolean(this._handle);
  },
});

Server.prototype.address = function() {
  if (this._pipeName) return this._pipeName;
  if (!this._handle) return null;
  const address = binding.socketAddress(this._handle);
  if (typeof address === 'number') throw errnoException(address, 'address');
  return address;
};

// ---- Connections ----

function describeDropped(client) {
  const local = binding.socketAddress(client), remote = binding.peerAddress(client);
  if (typeof local !== 'object' || typeof remote !== 'object') return undefined;
  return {
    localAddress: local.address, localPort: local.port, localFamily: local.family,
    remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family,
  };
}

function isBlocked(server, client) {
  const remote = binding.peerAddress(client);
  return typeof remote === 'object' && server.blockList.check(remote.address, remote.family.toLowerCase());
}

Server.prototype[kConnected] = function(client) {
  if (typeof client === 'number') {
    this.emit('error', errnoException(client, 'accept'));
    return;
  }
  if (this.maxConnections != null && this._connections >= this.maxConnections) {
    const data = binding.type(client) === TCP ? describeDropped(client) : undefined;
    binding.close(client);
    this.emit('drop', data);
    return;
  }
  if (this.blockList !== undefined && isBlocked(this, client)) {
    binding.close(client);
    return;
  }
  const socket = new Socket({
    handle: client, allowHalfOpen: this.allowHalfOpen, pauseOnCreate: this.pauseOnConnect, readable: true, writable: true,
    readableHighWaterMark: this.highWaterMark, writableHighWaterMark: this.highWaterMark,
  });
  if (this.noDelay || this.keepAlive) setOptions(this, socket, client);
  this._connections++;
  socket.server = this;
  socket._server = this;
  this.emit('connection', socket);
};

function setOptions(server, socket, client) {
  const options = optionsOf(socket);
  if (server.noDelay) {
    options.noDelay = true;
    binding.setNoDelay(client, true);
  }
  if (server.keepAlive) {
    options.keepAlive = true;
    options.delay = server.keepAliveInitialDelay;
    binding.setKeepAlive(client, true, options.delay, options.interval, options.count);
  }
}

Server.prototype.getConnections = function(callback) {
  nextTick(callback, null, this._connections);
  return this;
};

// ---- The end ----

Server.prototype.close = function(callback) {
  this._listeningId++;
  if (typeof callback === 'function') {
    if (this._handle) this.once('close', callback);
    else this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
  }
  if (this._handle) {
    binding.close(this._handle);
    this._handle = null;
  }
  this._emitCloseIfDrained();
  return this;
};

Server.prototype[kClosed] = function() {};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections) return;
  nextTick(() => this.emit('close'));
};

Server.prototype[Symbol.asyncDispose] = function() {
  if (!this._handle) return Promise.resolve();
  return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

Server.prototype.ref = function() {
  this._unref = false;
  if (this._handle) binding.reference(this._handle, true);
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  if (this._handle) binding.reference(this._handle, false);
  return this;
};

Server.prototype._listen2 = listenOn;
Server.prototype._setupWorker = function(list) {
  this._usingWorkers = true;
  this._workers.push(list);
};

Object.defineProperty(Server.prototype, transfer, { value: ofServer, writable: true, configurable: true, enumerable: false });

module.exports = { Server, createServerHandle, isStream };
