// SPDX-License-Identifier: MIT
// What `stdio` of a process means: each entry becomes { type, fd?, pipe?, ... }.
'use strict';

const { codes } = require('internal/errors');

function fromText(text, channel) {
  const list = [];
  switch (text) {
    case 'ignore':
    case 'overlapped':
    case 'pipe': list.push(text, text, text); break;
    case 'inherit': list.push(0, 1, 2); break;
    default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', text);
  }
  if (channel) list.push(channel);
  return list;
}

function isStream(value) {
  return typeof value === 'object' && value !== null && typeof value.fd === 'number';
}

function describe(value, i, isSync) {
  if (value === null || value === undefined) value = i < 3 ? 'pipe' : 'ignore';
  if (value === 'ignore') return { type: 'ignore' };
  if (value === 'pipe' || value === 'overlapped' || (typeof value === 'number' && value < 0)) {
    return { type: value === 'overlapped' ? 'overlapped' : 'pipe', readable: i === 0, writable: i !== 0 };
  }
  if (value === 'ipc') return { type: 'ipc' };
  if (value === 'inherit') return { type: 'inherit', fd: i };
  if (typeof value === 'number') return { type: 'fd', fd: value };
  if (isStream(value)) return { type: 'fd', fd: value.fd };
  if (ArrayBuffer.isView(value) || typeof value === 'string') {
    if (!isSync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('internal/util/inspect').inspect(value));
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', value);
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', value);
}

// { stdio: entries, ipc: which of them is the channel, or undefined }
function parseStdio(stdio, isSync) {
  if (typeof stdio === 'string') stdio = fromText(stdio);
  else if (!Array.isArray(stdio)) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  const entries = [];
  let ipc;
  for (let i = 0; i < Math.max(stdio.length, 3); i++) {
    const entry = describe(stdio[i], i, isSync);
    if (entry.type === 'ipc') {
      if (isSync) throw new codes.ERR_IPC_SYNC_FORK();
      if (ipc !== undefined) throw new codes.ERR_IPC_ONE_PIPE();
      ipc = i;
    }
    entries.push(entry);
  }
  return { stdio: entries, ipc };
}

module.exports = { fromText, parseStdio };
