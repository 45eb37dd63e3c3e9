// SPDX-License-Identifier: MIT
// Connecting a socket: to a path, to an address, or to a name, whose addresses are tried one after the other, each with some time of its own
// (autoSelectFamily).
'use strict';

const { codes } = require('internal/errors');
const { setTimeout, clearTimeout } = require('timers');
const { TCP, PIPE } = require('internal/stream_wrap');
const { errnos, addressError } = require('internal/net/errors');
const { checkPort } = require('internal/net/ports');
const { Socket, createHandle, replaceHandle, dropHandle, applyOptions, kHandle, kBlockList, kBound } = require('internal/net/socket');

const binding = internalBinding('stream_wrap');
const { nextTick } = internalBinding('process');
const { ipVersion } = binding;

const kAttempts = Symbol('attempts'), kPath = Symbol('path');
const MIN_ATTEMPT_MS = 10;

const defaults = { autoSelectFamily: true, attemptTimeout: 500 };

// ---- Arguments ----

const mark = Symbol('normalizedArgs');

function isPipeName(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

function toNumber(x) {
  return (x = Number(x)) >= 0 ? x : false;
}

// [options, callback | null] of (options), (path) or (port, host), each with a callback at the end
function normalizeArguments(args) {
  let options = {};
  const first = args[0];
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else if (args.length > 0) {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  const result = [options, typeof last === 'function' ? last : null];
  result[mark] = true;
  return result;
}
normalizeArguments.mark = mark;

// ---- connect ----

function connect(socket, options, callback) {
  if (options.port === undefined && options.path == null) throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  if (socket.write !== Socket.prototype.write) socket.write = Socket.prototype.write;
  if (socket.destroyed) {
    socket[kHandle] = null;
    socket._peername = undefined;
    socket._sockname = null;
  }
  const isPipe = Boolean(options.path);
  if (socket[kHandle] === null) createHandle(socket, isPipe ? PIPE : TCP);
  if (callback !== null && callback !== undefined) socket.once('connect', callback);
  socket._unrefTimer();
  socket.connecting = true;
  if (isPipe) {
    require('internal/validators').validateString(options.path, 'options.path');
    connectPipe(socket, options.path);
  } else {
    connectTcp(socket, options);
  }
  return socket;
}

function connectPipe(socket, path) {
  socket[kPath] = path;
  const result = binding.connectPipe(socket[kHandle], path);
  if (result === 1) nextTick(connected, socket, 0, socket[kHandle]);
  else if (result < 0) socket.destroy(addressError(result, 'connect', path));
}

function checkTcpOptions(options) {
  const { validateNumber, validateBoolean, validateInt32, validateFunction } = require('internal/validators');
  const { localAddress, localPort, autoSelectFamily, autoSelectFamilyAttemptTimeout: timeout, lookup } = options;
  if (localAddress && ipVersion(localAddress) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  const { port } = options;
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    checkPort(port, 'Port');
  }
  if (autoSelectFamily != null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (timeout != null) validateInt32(timeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  if (lookup != null && ipVersion(options.host || 'localhost') === 0) validateFunction(lookup, 'options.lookup');
}

function familyOf(family) {
  switch (family) {
    case 'IPv4': return 4;
    case 'IPv6': return 6;
    default: return family;
  }
}

function connectTcp(socket, options) {
  checkTcpOptions(options);
  const host = options.host || 'localhost', port = options.port | 0;
  const { localAddress, localPort } = options;
  const version = ipVersion(host);
  if (version !== 0) {
    if (socket[kBound]) connectAddress(socket, host, port, version, localAddress, localPort);
    else nextTick(() => socket.connecting && connectAddress(socket, host, port, version, localAddress, localPort));
    return;
  }
  socket._host = host;
  const question = { family: familyOf(options.family), hints: options.hints || 0 };
  if (question.family !== 4 && question.family !== 6 && question.hints === 0) question.hints = require('dns').ADDRCONFIG;
  const lookup = options.lookup || require('dns').lookup;
  const autoSelect = options.autoSelectFamily ?? defaults.autoSelectFamily;
  if (autoSelect && question.family !== 4 && question.family !== 6 && !localAddress) {
    const given = options.autoSelectFamilyAttemptTimeout;
    lookupAll(socket, lookup, host, { ...question, all: true }, port, localPort, given == null ? defaults.attemptTimeout : Math.max(given, MIN_ATTEMPT_MS));
  } else {
    lookupOne(socket, lookup, host, question, port, localAddress, localPort);
  }
}

function fail(socket, error) {
  nextTick(() => socket.destroy(error));
}

function lookupOne(socket, lookup, host, question, port, localAddress, localPort) {
  lookup(host, question, (error, ip, family) => {
    socket.emit('lookup', error, ip, family, host);
    if (!socket.connecting) return;
    if (error) {
      fail(socket, error);
    } else if (ipVersion(ip) === 0) {
      fail(socket, new codes.ERR_INVALID_IP_ADDRESS(ip));
    } else if (family !== 4 && family !== 6) {
      fail(socket, new codes.ERR_INVALID_ADDRESS_FAMILY(family, host, port));
    } else {
      socket._unrefTimer();
      connectAddress(socket, ip, port, family, localAddress, localPort);
    }
  });
}

// First one of the first family, then one of the other, and so on.
function interleave(addresses) {
  const first = addresses[0].family;
  const groups = [addresses.filter(({ family }) => family === first), addresses.filter(({ family }) => family !== first)];
  const result = [];
  for (let i = 0; i < Math.max(groups[0].length, groups[1].length); i++) {
    for (const group of groups) if (i < group.length) result.push(group[i]);
  }
  return result;
}

function lookupAll(socket, lookup, host, question, port, localPort, timeout) {
  lookup(host, question, (error, addresses) => {
    if (!socket.connecting) return;
    if (error) {
      socket.emit('lookup', error, undefined, undefined, host);
      fail(socket, error);
      return;
    }
    const valid = [];
    let wrong;
    for (const { address, family } of addresses) {
      socket.emit('lookup', error, address, family, host);
      if (!socket.connecting) return;
      if (ipVersion(address) === 0) wrong ??= new codes.ERR_INVALID_IP_ADDRESS(address);
      else if (family !== 4 && family !== 6) wrong ??= new codes.ERR_INVALID_ADDRESS_FAMILY(family, host, port);
      else if (!valid.some((known) => known.address === address)) valid.push({ address, family });
    }
    if (valid.length === 0) {
      fail(socket, wrong ?? new codes.ERR_INVALID_IP_ADDRESS(undefined));
      return;
    }
    socket._unrefTimer();
    if (valid.length === 1) {
      connectAddress(socket, valid[0].address, port, valid[0].family, undefined, localPort);
      return;
    }
    socket.autoSelectFamilyAttemptedAddresses = [];
    socket[kAttempts] = { addresses: interleave(valid), next: 0, port, localPort, timeout, errors: [], timer: null };
    attemptNext(socket);
  });
}

// ---- One address ----

// Where the connection comes from. undefined, or an error
function bindLocal(socket, family, localAddress, localPort) {
  if (!localAddress && !localPort) return undefined;
  const address = localAddress || (family === 6 ? '::' : '0.0.0.0'), port = localPort || 0;
  const error = binding.bind(socket[kHandle], address, port, 0, false);
  return error ? addressError(error, 'bind', address, port) : undefined;
}

function isBlocked(socket, address, family) {
  return socket[kBlockList] !== undefined && socket[kBlockList].check(address, `ipv${family}`);
}

function localPlace(socket) {
  const { address, port } = socket._getsockname();
  return address ? `${address}:${port}` : undefined;
}

function connectAddress(socket, address, port, family, localAddress, localPort) {
  socket[kAttempts] = undefined;
  const wrong = bindLocal(socket, family, localAddress, localPort);
  if (wrong !== undefined) {
    socket.destroy(wrong);
    return;
  }
  socket[kPath] = undefined;
  socket._target = { address, port, family, localAddress, localPort };
  socket.emit('connectionAttempt', address, port, family);
  if (socket[kHandle] === null) return;
  if (isBlocked(socket, address, family)) {
    socket.destroy(new codes.ERR_IP_BLOCKED(address));
    return;
  }
  const error = binding.connect(socket[kHandle], address, port);
  if (error) socket.destroy(addressError(error, 'connect', address, port, localPlace(socket)));
}

// ---- Several addresses ----

function attemptNext(socket) {
  const attempts = socket[kAttempts];
  if (attempts.next === attempts.addresses.length) {
    failAll(socket, attempts.errors);
    return;
  }
  const { address, family } = attempts.addresses[attempts.next++];
  const { port, localPort } = attempts;
  if (attempts.next > 1) replaceHandle(socket, TCP);
  const wrong = bindLocal(socket, family, undefined, localPort);
  if (wrong !== undefined) {
    attemptFailed(socket, address, port, family, wrong, false);
    return;
  }
  socket._target = { address, port, family };
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting || socket[kHandle] === null) return;
  if (isBlocked(socket, address, family)) {
    attemptFailed(socket, address, port, family, new codes.ERR_IP_BLOCKED(address), true);
    return;
  }
  const error = binding.connect(socket[kHandle], address, port);
  if (error) {
    attemptFailed(socket, address, port, family, addressError(error, 'connect', address, port, localPlace(socket)), true);
    return;
  }
  if (attempts.next < attempts.addresses.length) attempts.timer = setTimeout(attemptTimedOut, attempts.timeout, socket, socket[kHandle], address, port, family);
}

function attemptFailed(socket, address, port, family, error, isTold) {
  socket[kAttempts].errors.push(error);
  if (isTold) socket.emit('connectionAttemptFailed', address, port, family, error);
  if (socket.connecting) attemptNext(socket);
}

function attemptTimedOut(socket, handle, address, port, family) {
  if (socket[kHandle] !== handle || !socket.connecting) return;
  socket.emit('connectionAttemptTimeout', address, port, family);
  dropHandle(socket);
  socket[kAttempts].errors.push(addressError(errnos.ETIMEDOUT, 'connect', address, port));
  if (socket.connecting) attemptNext(socket);
}

function failAll(socket, errors) {
  socket[kAttempts] = undefined;
  if (errors.length === 0) {
    socket.destroy(new codes.ERR_SOCKET_CONNECTION_TIMEOUT());
    return;
  }
  const error = new AggregateError(errors);
  Object.defineProperty(error, 'code', { value: errors[0].code, writable: true, configurable: true, enumerable: true });
  socket.destroy(error);
}

// ---- Done ----

function connected(socket, status, handle) {
  if (handle !== socket[kHandle] || socket.destroyed) return;
  const attempts = socket[kAttempts];
  if (attempts?.timer) {
    clearTimeout(attempts.timer);
    attempts.timer = null;
  }
  if (status === 0) succeed(socket);
  else connectFailed(socket, status, attempts);
}

function connectFailed(socket, status, attempts) {
  if (socket[kPath] !== undefined) {
    socket.connecting = false;
    socket._sockname = null;
    socket.destroy(addressError(status, 'connect', socket[kPath]));
    return;
  }
  const { address, port, family, localAddress, localPort } = socket._target;
  const error = addressError(status, 'connect', address, port, localAddress && localPort ? `${localAddress}:${localPort}` : undefined);
  if (attempts !== undefined) {
    attemptFailed(socket, address, port, family, error, true);
    return;
  }
  socket.connecting = false;
  socket._sockname = null;
  socket.emit('connectionAttemptFailed', address, port, family, error);
  socket.destroy(error);
}

function succeed(socket) {
  socket[kAttempts] = undefined;
  socket.connecting = false;
  socket._sockname = null;
  socket._unrefTimer();
  applyOptions(socket);
  socket.emit('connect');
  socket.emit('ready');
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

Object.defineProperty(Socket.prototype, '_target', { value: undefined, writable: true, configurable: true, enumerable: false });

module.exports = { defaults, normalizeArguments, toNumber, isPipeName, connect, connected, MIN_ATTEMPT_MS };
