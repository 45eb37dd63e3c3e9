// SPDX-License-Identifier: MIT
// Terminals.
'use strict';

const { handleType } = internalBinding('process');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && handleType(fd) === 'TTY';
}

module.exports = {
  isatty,
  get ReadStream() {
    return require('internal/tty').ReadStream;
  },
  get WriteStream() {
    return require('internal/tty').WriteStream;
  },
};
