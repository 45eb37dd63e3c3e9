// SPDX-License-Identifier: MIT
// TCP and Unix sockets.
'use strict';

const { Socket } = require('internal/net/socket');
const { defaults, normalizeArguments, MIN_ATTEMPT_MS } = require('internal/net/connect');
const { Server, createServerHandle } = require('internal/net/server');

const { ipVersion } = internalBinding('stream_wrap');

function connect(...args) {
  const normalized = normalizeArguments(args);
  const options = normalized[0];
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

function isIP(input) {
  return ipVersion(typeof input === 'string' ? input : `${input}`);
}

function isIPv4(input) {
  return isIP(input) === 4;
}

function isIPv6(input) {
  return isIP(input) === 6;
}

function getDefaultAutoSelectFamily() {
  return defaults.autoSelectFamily;
}

function setDefaultAutoSelectFamily(value) {
  require('internal/validators').validateBoolean(value, 'value');
  defaults.autoSelectFamily = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  return defaults.attemptTimeout;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  require('internal/validators').validateInt32(value, 'value', 1);
  defaults.attemptTimeout = Math.max(value, MIN_ATTEMPT_MS);
}

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArguments,
  get BlockList() {
    return require('internal/net/block_list').BlockList;
  },
  get SocketAddress() {
    return require('internal/net/socket_address').SocketAddress;
  },
  get BoundSocket() {
    return require('internal/net/bound_socket').BoundSocket;
  },
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket, // as it was called once
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
};
