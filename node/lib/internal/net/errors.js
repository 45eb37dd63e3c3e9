// SPDX-License-Identifier: MIT
// Errors of connections and servers, with the address they are about.
'use strict';

const { uvErrorMap } = require('internal/errors');

const { errorName } = internalBinding('process');

// Numbers of the few errors that lib/ decides by.
const errnos = {
  get ENOTCONN() {
    return number('ENOTCONN');
  },
  get ETIMEDOUT() {
    return number('ETIMEDOUT');
  },
  get EINVAL() {
    return number('EINVAL');
  },
};

function number(wanted) {
  for (const [errno, [name]] of uvErrorMap()) if (name === wanted) return errno;
  return undefined;
}

function placeOf(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

// "connect ECONNREFUSED 127.0.0.1:1"
function addressError(errno, syscall, address, port, local) {
  const code = errorName(errno);
  const error = new Error(`${syscall} ${code}${placeOf(address, port)}${local ? ` - Local (${local})` : ''}`);
  Error.captureStackTrace(error, addressError);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}

// "listen EADDRINUSE: address already in use :::80"
function listenError(errno, syscall, address, port) {
  const [code, text] = uvErrorMap().get(errno) || ['UNKNOWN', 'unknown error'];
  const error = new Error(`${syscall} ${code}: ${text}${placeOf(address, port)}`);
  Error.captureStackTrace(error, listenError);
  error.code = code;
  error.errno = errno;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return error;
}

module.exports = { errnos, addressError, listenError };
