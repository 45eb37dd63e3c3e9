// SPDX-License-Identifier: MIT
// Socket: a Duplex over a stream of the loop. No closure is made for a read or a write: the stream tells its owner, and at most one write is on
// its way at a time. Tests: tests/node/net/.
'use strict';

const { Duplex } = require('stream');
const { setTimeout, clearTimeout } = require('timers');
const { codes, errnoException } = require('internal/errors');
const { TCP, PIPE, setFunctions } = require('internal/stream_wrap');
const { errnos } = require('internal/net/errors');
const { transfer, ofSocket } = require('internal/net/transfer');

const binding = internalBinding('stream_wrap');
const { nextTick, handleType } = internalBinding('process');
const { readStart, readStop, write, writev, close } = binding;

const kHandle = Symbol('kHandle'), kReading = Symbol('reading'), kTimeout = Symbol('timeout'), kWriteCallback = Symbol('writeCallback');
const kFinalCallback = Symbol('finalCallback'), kHadError = Symbol('hadError'), kIsResetting = Symbol('isResetting');
const kBytesRead = Symbol('kBytesRead'), kBytesWritten = Symbol('kBytesWritten'), kBuffer = Symbol('kBuffer'), kOnRead = Symbol('onRead');
const kOptions = Symbol('options'), kQueueSize = Symbol('lastWriteQueueSize'), kConnected = Symbol('connected'), kClosed = Symbol('closed');
const kBound = Symbol('bound'), kBlockList = Symbol('blockList');

function defaultTriple() {
  return { noDelay: false, keepAlive: false, delay: 0, interval: 1, count: 10, typeOfService: undefined };
}

function takeOptions(options) {
  if (typeof options === 'number') options = { fd: options };
  else options = { ...options };
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (options[name]) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
  const { typeOfService } = options;
  if (typeOfService !== undefined) require('internal/validators').validateInt32(typeOfService, 'options.typeOfService', 0, 255);
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  options.emitClose = false; // it is told by the handle
  options.autoDestroy = true;
  options.decodeStrings = false;
  return options;
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  options = takeOptions(options);
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._closeAfterHandlingError = false;
  this[kHandle] = null;
  this[kReading] = false;
  this[kTimeout] = null;
  this[kWriteCallback] = null;
  this[kFinalCallback] = null;
  this[kHadError] = false;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kQueueSize] = 0;
  this[kBuffer] = null;
  this[kOptions] = null;
  const { signal } = options;
  options.signal = undefined;
  Duplex.call(this, options);
  this._sockname = null;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  if (signal) addAbort(this, signal);
  if (options.noDelay || options.keepAlive || options.keepAliveInitialDelay || options.typeOfService !== undefined) takeTcpOptions(this, options);
  if (options.blockList !== undefined) takeBlockList(this, options.blockList);
  if (options.onread !== null && typeof options.onread === 'object') takeBuffer(this, options.onread);
  this.on('end', onEnd);
  if (options.handle) attach(this, options.handle);
  else if (options.fd !== undefined) openDescriptor(this, options.fd);
  if (this[kHandle] === null || options.readable === false || this[kBound]) return;
  if (options.pauseOnCreate) {
    this._readableState.flowing = false;
  } else if (!options.manualStart) {
    this.read(0);
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function addAbort(socket, signal) {
  require('stream').addAbortSignal(signal, socket);
}

function takeTcpOptions(socket, options) {
  socket[kOptions] = {
    ...defaultTriple(), noDelay: Boolean(options.noDelay), keepAlive: Boolean(options.keepAlive), delay: Math.max(~~(options.keepAliveInitialDelay / 1000), 0),
    typeOfService: options.typeOfService,
  };
}

function takeBlockList(socket, blockList) {
  if (!require('internal/net/block_list').BlockList.isBlockList(blockList)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', blockList);
  }
  socket[kBlockList] = blockList;
}

function takeBuffer(socket, onread) {
  const { buffer, callback } = onread;
  if (typeof callback !== 'function' || (typeof buffer !== 'function' && !(ArrayBuffer.isView(buffer) && buffer instanceof Uint8Array))) return;
  socket[kOnRead] = callback;
  socket[kBuffer] = typeof buffer === 'function' ? { make: buffer, bytes: buffer() } : { make: null, bytes: buffer };
}

// ---- The handle ----

// The socket is the owner of an open stream.
function attach(socket, handle) {
  if (handle instanceof (BoundSocket())) handle = takeBound(socket, handle);
  socket[kHandle] = handle;
  socket[kReading] = false;
  binding.setOwner(handle, socket);
  if (socket[kBuffer] !== null) binding.useBuffer(handle, socket[kBuffer].bytes);
  socket._undestroy();
  socket._sockname = null;
}

function BoundSocket() {
  return require('internal/net/bound_socket').BoundSocket;
}

function takeBound(socket, bound) {
  socket[kBound] = bound.isPipe ? 'pipe' : 'tcp';
  return require('internal/net/bound_socket').adopt(bound);
}

function createHandle(socket, type) {
  const handle = binding.create(type, socket, -1);
  if (typeof handle === 'number') throw errnoException(handle, 'socket');
  attach(socket, handle);
}

function openDescriptor(socket, fd) {
  require('internal/validators').validateInt32(fd, 'fd', 0);
  const type = handleType(fd);
  if (type !== 'PIPE' && type !== 'TCP') throw new codes.ERR_INVALID_FD_TYPE(type);
  createHandle(socket, type === 'TCP' ? TCP : PIPE);
  const error = binding.open(socket[kHandle], fd);
  if (error) throw errnoException(error, 'open');
}

// A new stream in place of the socket's.
function replaceHandle(socket, type) {
  if (socket[kHandle] !== null) dropHandle(socket);
  createHandle(socket, type);
}

function dropHandle(socket) {
  binding.setOwner(socket[kHandle], undefined);
  close(socket[kHandle]);
  socket[kHandle] = null;
}

Object.defineProperty(Socket.prototype, '_handle', {
  configurable: true,
  enumerable: false,
  get() {
    return this[kHandle];
  },
  set(handle) {
    this[kHandle] = handle;
  },
});

// ---- Reading ----

function onEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFin;
}

// After the other side's end and ours, what the program writes fails as the system would have it.
function writeAfterFin(chunk, encoding, callback) {
  if (!this.writableEnded) return Reflect.apply(Duplex.prototype.write, this, arguments);
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') nextTick(callback, error);
  this.destroy(error);
  return false;
}

function onRead(socket, chunk) {
  if (socket === undefined || socket[kHandle] === null) return;
  if (socket[kTimeout] !== null) socket._unrefTimer();
  if (chunk === null) {
    socket.push(null);
    socket.read(0);
  } else if (typeof chunk === 'number') {
    if (chunk > 0) onBuffer(socket, chunk);
    else socket.destroy(errnoException(chunk, 'read'));
  } else if (!socket.push(chunk) && socket[kHandle] !== null) {
    socket[kReading] = false;
    readStop(socket[kHandle]);
  }
}

// Bytes in the socket's own buffer.
function onBuffer(socket, n) {
  const own = socket[kBuffer];
  const result = Reflect.apply(socket[kOnRead], undefined, [n, own.bytes]);
  if (socket[kHandle] === null) return;
  if (own.make !== null) {
    own.bytes = own.make();
    binding.useBuffer(socket[kHandle], own.bytes);
  }
  if (result !== false) return;
  socket[kReading] = false;
  readStop(socket[kHandle]);
}

function startReading(socket) {
  socket[kReading] = true;
  const error = readStart(socket[kHandle]);
  if (error) socket.destroy(errnoException(error, 'read'));
}

// As if it had not begun to read: nothing keeps the loop alive for it.
function stopReading(socket) {
  if (socket[kHandle] === null || !socket[kReading]) return;
  socket[kReading] = false;
  socket._readableState.reading = false;
  readStop(socket[kHandle]);
}

Socket.prototype._read = function(n) {
  if (this.connecting || this[kHandle] === null) this.once('connect', () => this._read(n));
  else if (!this[kReading]) startReading(this);
};

// With a buffer of its own, the socket is paused and resumed at once.
Socket.prototype.pause = function() {
  if (this[kBuffer] !== null && !this.connecting && this[kHandle] !== null && this[kReading]) {
    this[kReading] = false;
    if (!this.destroyed) {
      const error = readStop(this[kHandle]);
      if (error) this.destroy(errnoException(error, 'read'));
    }
  }
  return Reflect.apply(Duplex.prototype.pause, this, []);
};

Socket.prototype.resume = function() {
  if (this[kBuffer] !== null && !this.connecting && this[kHandle] !== null && !this[kReading]) startReading(this);
  return Reflect.apply(Duplex.prototype.resume, this, []);
};

Socket.prototype.read = function(n) {
  if (this[kBuffer] !== null && !this.connecting && this[kHandle] !== null && !this[kReading]) startReading(this);
  return Reflect.apply(Duplex.prototype.read, this, [n]);
};

// ---- Writing ----

function encodingNumber(encoding) {
  switch (encoding) {
    case 'utf8': case 'utf-8': return 0;
    case 'latin1': case 'binary': case 'ascii': return 2;
    default: return -1;
  }
}

function toBytes(chunk, encoding) {
  return require('buffer').Buffer.from(chunk, encoding);
}

function finishWrite(socket, result, callback) {
  if (result === 0) {
    callback();
  } else if (result === 1) {
    socket[kWriteCallback] = callback;
    socket[kQueueSize] = binding.queueSize(socket[kHandle]);
  } else {
    callback(errnoException(result, 'write'));
  }
}

function writeNow(socket, chunk, encoding, callback) {
  const handle = socket[kHandle];
  if (handle === null) {
    callback(new codes.ERR_SOCKET_CLOSED());
    return;
  }
  if (socket[kTimeout] !== null) socket._unrefTimer();
  let number = 0;
  if (typeof chunk === 'string') {
    number = encodingNumber(encoding);
    if (number < 0) chunk = toBytes(chunk, encoding);
  }
  const result = write(handle, chunk, number);
  if (result === 0) callback();
  else finishWrite(socket, result, callback);
}

function writeMany(socket, chunks, callback) {
  if (socket[kHandle] === null) {
    callback(new codes.ERR_SOCKET_CLOSED());
    return;
  }
  if (socket[kTimeout] !== null) socket._unrefTimer();
  const list = [];
  for (const { chunk, encoding } of chunks) {
    const number = typeof chunk === 'string' ? encodingNumber(encoding) : 0;
    list.push(number < 0 ? toBytes(chunk, encoding) : chunk, number);
  }
  finishWrite(socket, writev(socket[kHandle], list), callback);
}

// What is written before the connection is there waits for it.
function writeWhenConnected(socket, chunk, encoding, callback, go) {
  socket._pendingData = chunk;
  socket._pendingEncoding = encoding;
  function onConnect() {
    socket.off('close', onClose);
    socket._pendingData = null;
    socket._pendingEncoding = '';
    go();
  }
  function onClose() {
    callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
  }
  socket.once('connect', onConnect);
  socket.once('close', onClose);
}

Socket.prototype._writeGeneric = function(isMany, data, encoding, callback) {
  if (this.connecting) writeWhenConnected(this, data, encoding, callback, () => this._writeGeneric(isMany, data, encoding, callback));
  else if (isMany) writeMany(this, data, callback);
  else writeNow(this, data, encoding, callback);
};

Socket.prototype._writev = function(chunks, callback) {
  this._writeGeneric(true, chunks, '', callback);
};

Socket.prototype._write = function(data, encoding, callback) {
  if (this.connecting) this._writeGeneric(false, data, encoding, callback);
  else writeNow(this, data, encoding, callback);
};

function onWritten(socket, status) {
  if (socket === undefined) return;
  const callback = socket[kWriteCallback];
  socket[kWriteCallback] = null;
  if (callback === null) return;
  if (socket.destroyed) {
    callback(null);
  } else if (status < 0) {
    callback(errnoException(status, 'write'));
  } else {
    if (socket[kTimeout] !== null) socket._unrefTimer();
    socket[kQueueSize] = 0;
    callback(null);
  }
}

// ---- The end ----

Socket.prototype._final = function(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (this[kHandle] === null) {
    callback();
    return;
  }
  this[kFinalCallback] = callback;
  const error = binding.shutdown(this[kHandle]);
  if (error === 0) return;
  this[kFinalCallback] = null;
  if (error === errnos.ENOTCONN) callback();
  else callback(errnoException(error, 'shutdown'));
};

function onShutdown(socket) {
  if (socket === undefined) return;
  const callback = socket[kFinalCallback];
  socket[kFinalCallback] = null;
  if (callback !== null) callback();
}

Socket.prototype.end = function(data, encoding, callback) {
  Reflect.apply(Duplex.prototype.end, this, [data, encoding, callback]);
  return this;
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype.resetAndDestroy = function() {
  const handle = this[kHandle];
  if (handle === null) {
    this.destroy(new codes.ERR_SOCKET_CLOSED());
    return this;
  }
  if (binding.type(handle) !== TCP) throw new codes.ERR_INVALID_HANDLE_TYPE();
  if (this.connecting) this.once('connect', () => this._reset());
  else this._reset();
  return this;
};

Socket.prototype._reset = function() {
  this[kIsResetting] = true;
  return this.destroy();
};

function closeHandle(socket, hadError) {
  const handle = socket[kHandle];
  socket[kHandle] = null;
  socket[kHadError] = hadError;
  socket._sockname = null;
  if (socket[kIsResetting]) {
    socket[kIsResetting] = false;
    const error = binding.reset(handle);
    if (error === 0) return;
    socket.emit('error', errnoException(error, 'reset'));
  }
  if (socket._closeAfterHandlingError) Promise.resolve().then(() => close(handle));
  else close(handle);
}

function emitClose(socket) {
  socket.emit('close', socket[kHadError]);
}

Socket.prototype._destroy = function(error, callback) {
  this.connecting = false;
  for (let s = this; s !== null && s !== undefined; s = s._parent) if (s[kTimeout]) clearTimeout(s[kTimeout]);
  const handle = this[kHandle];
  if (handle !== null) {
    this[kBytesRead] = binding.bytesRead(handle);
    this[kBytesWritten] = binding.bytesWritten(handle);
    closeHandle(this, Boolean(error));
    callback(error);
  } else {
    callback(error);
    nextTick(() => this.emit('close'));
  }
  const server = this._server;
  if (!server) return;
  server._connections--;
  if (typeof server._emitCloseIfDrained === 'function') server._emitCloseIfDrained();
};

// Nothing is left to be told once the handle is closed.
Socket.prototype[kClosed] = function() {
  onWritten(this, 0);
  emitClose(this);
};

// ---- Timeouts ----

Socket.prototype._unrefTimer = function() {
  for (let s = this; s !== null && s !== undefined; s = s._parent) if (s[kTimeout]) s[kTimeout].refresh();
};

Socket.prototype._onTimeout = function() {
  // As long as the system takes what waits to be written, the connection is not idle.
  if (this[kHandle] !== null && this[kWriteCallback] !== null) {
    const size = binding.queueSize(this[kHandle]);
    if (size !== this[kQueueSize]) {
      this[kQueueSize] = size;
      this._unrefTimer();
      return;
    }
  }
  this.emit('timeout');
};

const TIMEOUT_MAX = 2 ** 31 - 1;

function timeoutDuration(msecs, name) {
  require('internal/validators').validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  if (msecs <= TIMEOUT_MAX) return msecs;
  process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMEOUT_MAX}.`, 'TimeoutOverflowWarning');
  return TIMEOUT_MAX;
}

// Also the method of ports and requests that have a timeout of that form.
Socket.prototype.setTimeout = function(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  msecs = timeoutDuration(msecs, 'msecs');
  if (this[kTimeout]) clearTimeout(this[kTimeout]);
  if (callback !== undefined) require('internal/validators').validateFunction(callback, 'callback');
  if (msecs === 0) {
    this[kTimeout] = null;
    if (callback !== undefined) this.removeListener('timeout', callback);
  } else {
    this[kTimeout] = setTimeout(() => this._onTimeout(), msecs);
    this[kTimeout].unref();
    if (callback !== undefined) this.once('timeout', callback);
  }
  return this;
};

// ---- Options of TCP ----

function optionsOf(socket) {
  return (socket[kOptions] ??= defaultTriple());
}

Socket.prototype.setNoDelay = function(enable) {
  enable = enable === undefined ? true : Boolean(enable);
  const options = optionsOf(this);
  if (this[kHandle] === null || this.connecting) {
    options.noDelay = enable;
  } else if (enable !== options.noDelay) {
    options.noDelay = enable;
    binding.setNoDelay(this[kHandle], enable);
  }
  return this;
};

function wholeSeconds(name, ms) {
  const seconds = ~~(ms / 1000);
  if (ms > 0 && seconds === 0) {
    process.emitWarning(`The ${name} value of ${ms}ms is less than 1 second and will be rounded down to 0, leaving the system default unchanged.`,
      'KeepAliveWarning');
  }
  return Math.max(seconds, 0);
}

Socket.prototype.setKeepAlive = function(enable, initialDelay, interval, count) {
  if (enable !== null && typeof enable === 'object') ({ enable, initialDelay, interval, count } = enable);
  enable = Boolean(enable);
  const delay = wholeSeconds('initialDelay', initialDelay ?? 0);
  const seconds = wholeSeconds('interval', interval ?? 1000);
  const probes = Math.max(~~(count ?? 10), 0);
  const options = optionsOf(this);
  const isSame = enable === options.keepAlive && delay === options.delay && seconds === options.interval && probes === options.count;
  if (isSame && (this[kHandle] !== null && !this.connecting)) return this;
  Object.assign(options, { keepAlive: enable, delay, interval: seconds, count: probes });
  if (this[kHandle] !== null && !this.connecting) binding.setKeepAlive(this[kHandle], enable, delay, seconds, probes);
  return this;
};

Socket.prototype.setTypeOfService = function(tos) {
  if (Number.isNaN(tos)) throw new codes.ERR_INVALID_ARG_TYPE('tos', 'number', tos);
  require('internal/validators').validateInt32(tos, 'tos', 0, 255);
  const options = optionsOf(this);
  if (this[kHandle] === null || this.connecting) {
    options.typeOfService = tos;
    return this;
  }
  if (binding.type(this[kHandle]) !== TCP || tos === options.typeOfService) return this;
  const error = binding.setTypeOfService(this[kHandle], tos);
  if (error) throw errnoException(error, 'setTypeOfService');
  options.typeOfService = tos;
  return this;
};

Socket.prototype.getTypeOfService = function() {
  const known = this[kOptions]?.typeOfService;
  if (this[kHandle] === null || this.connecting || binding.type(this[kHandle]) !== TCP) return known ?? 0;
  const tos = binding.getTypeOfService(this[kHandle]);
  if (tos < 0) throw errnoException(tos, 'getTypeOfService');
  return tos;
};

// What was asked for before there was a connection.
function applyOptions(socket) {
  const options = socket[kOptions], handle = socket[kHandle];
  if (options === null || binding.type(handle) !== TCP) return;
  if (options.noDelay) binding.setNoDelay(handle, true);
  if (options.keepAlive) binding.setKeepAlive(handle, true, options.delay, options.interval, options.count);
  if (options.typeOfService !== undefined) binding.setTypeOfService(handle, options.typeOfService);
}

// ---- Facts ----

Socket.prototype.address = function() {
  return this._getsockname();
};

function addressOf(get, handle) {
  const address = get(handle);
  return typeof address === 'object' ? address : {};
}

Socket.prototype._getpeername = function() {
  if (this[kHandle] === null || this.connecting) return this._peername || {};
  this._peername ||= addressOf(binding.peerAddress, this[kHandle]);
  return this._peername;
};

Socket.prototype._getsockname = function() {
  if (this[kHandle] === null) return {};
  this._sockname ||= addressOf(binding.socketAddress, this[kHandle]);
  return this._sockname;
};

function define(name, get, enumerable = true) {
  Object.defineProperty(Socket.prototype, name, { configurable: false, enumerable, get });
}

define('_connecting', function() {
  return this.connecting;
}, false);
define('pending', function() {
  return this[kHandle] === null || this.connecting;
}, false);
define('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
}, false);
define('bufferSize', function() {
  return this[kHandle] === null ? undefined : this.writableLength;
}, false);
define('bytesRead', function() {
  return this[kHandle] === null ? this[kBytesRead] : binding.bytesRead(this[kHandle]);
});
define('remoteAddress', function() {
  return this._getpeername().address;
});
define('remoteFamily', function() {
  return this._getpeername().family;
});
define('remotePort', function() {
  return this._getpeername().port;
});
define('localAddress', function() {
  return this._getsockname().address;
});
define('localPort', function() {
  return this._getsockname().port;
});
define('localFamily', function() {
  return this._getsockname().family;
});
define('_bytesDispatched', function() {
  return this[kHandle] === null ? this[kBytesWritten] : binding.bytesWritten(this[kHandle]);
});

function lengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? require('buffer').Buffer.byteLength(chunk, encoding) : chunk.length;
}

define('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  const { writableBuffer, _pendingData: pending } = this;
  if (!writableBuffer) return undefined;
  for (const { chunk, encoding } of writableBuffer) bytes += lengthOf(chunk, encoding);
  if (Array.isArray(pending)) for (const { chunk, encoding } of pending) bytes += lengthOf(chunk, encoding);
  else if (pending) bytes += lengthOf(pending, this._pendingEncoding);
  return bytes;
});

// For processes that inherit the stream.
Object.defineProperty(Socket.prototype, 'fd', {
  configurable: true,
  enumerable: false,
  get() {
    return this[kHandle] === null ? -1 : binding.descriptor(this[kHandle]);
  },
  set(value) {
    Object.defineProperty(this, 'fd', { value, writable: true, configurable: true, enumerable: true });
  },
});

Socket.prototype.connect = function(...args) {
  const { normalizeArguments, connect } = require('internal/net/connect');
  // net.connect has done it already.
  const normalized = Array.isArray(args[0]) && args[0][normalizeArguments.mark] ? args[0] : normalizeArguments(args);
  return connect(this, normalized[0], normalized[1]);
};

Socket.prototype.ref = function() {
  if (this[kHandle] === null) this.once('connect', this.ref);
  else binding.reference(this[kHandle], true);
  return this;
};

Socket.prototype.unref = function() {
  if (this[kHandle] === null) this.once('connect', this.unref);
  else binding.reference(this[kHandle], false);
  return this;
};

Object.defineProperty(Socket.prototype, transfer, { value: ofSocket, writable: true, configurable: true, enumerable: false });

// ---- What streams tell ----

setFunctions([
  onRead,
  onWritten,
  (socket, status, handle) => socket?.[kConnected]?.(status, handle),
  (server, client) => server?.[kConnected]?.(client),
  onShutdown,
  (owner) => owner?.[kClosed]?.(),
]);

Socket.prototype[kConnected] = function(status, handle) {
  require('internal/net/connect').connected(this, status, handle);
};

module.exports = {
  Socket, createHandle, replaceHandle, dropHandle, stopReading, applyOptions, optionsOf, kHandle, kConnected, kClosed, kBlockList, kBound, kReading, kOptions,
};
