// SPDX-License-Identifier: MIT
// process.stdin: a terminal, a socket (pipes too) or a file, which is read while somebody wants its data.
'use strict';

const { nextTick } = internalBinding('process');

function open(fd, type) {
  if (type === 'TTY') return new (require('internal/tty').ReadStream)(fd);
  if (type === 'PIPE' || type === 'TCP') {
    const { Socket } = require('internal/net/socket');
    return new Socket({ fd, readable: true, writable: false, manualStart: true });
  }
  const { ReadStream } = require('internal/fs_streams');
  return new ReadStream(null, { fd, autoClose: false });
}

function makeStdin(fd, type) {
  const stdin = open(fd, type);
  stdin.fd = fd;
  if (stdin._handle === undefined) return stdin;
  // Who pauses it wants the program to be able to end.
  const { stopReading } = require('internal/net/socket');
  stdin.on('pause', () => nextTick(() => {
    if (stdin.readableFlowing === false && stdin.listenerCount('readable') === 0) stopReading(stdin);
  }));
  return stdin;
}

module.exports = { makeStdin };
