// SPDX-License-Identifier: MIT
// Numbers of ports.
'use strict';

const { codes } = require('internal/errors');

function checkPort(port, name) {
  if ((typeof port !== 'number' && typeof port !== 'string') || (typeof port === 'string' && port.trim().length === 0) ||
      +port !== (+port >>> 0) || port > 0xFFFF) {
    throw new codes.ERR_SOCKET_BAD_PORT(name, port);
  }
  return port | 0;
}

module.exports = { checkPort };
