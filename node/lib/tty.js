// SPDX-License-Identifier: MIT
// Terminals.
'use strict';

const { handleType } = internalBinding('process');
const { Output } = require('internal/stdio');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && handleType(fd) === 'TTY';
}

function WriteStream(fd) {
  return new Output(fd, true);
}
WriteStream.prototype = Output.prototype;

function ReadStream(fd) {
  const { ReadStream: Stream } = require('internal/stdin');
  return new Stream(fd, 'TTY');
}

module.exports = { isatty, ReadStream, WriteStream };
