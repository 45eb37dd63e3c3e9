// SPDX-License-Identifier: MIT
// Sockets and servers that move to another thread with a message (node/clone_calls.c): object[transfer](false) says whether it may, and with
// true gives its stream away.
'use strict';

const { codes } = require('internal/errors');

const { setCallback } = internalBinding('builtins');
const { TCP } = require('internal/stream_wrap');
const binding = internalBinding('stream_wrap');

const TRANSFER_SYMBOL = 24; // NodeCallback of node_internal.h
const transfer = Symbol('messaging_transfer_symbol');
setCallback(TRANSFER_SYMBOL, transfer);

function canMove(socket, handle) {
  return !socket.connecting && !socket.destroyed && socket.bytesRead === 0 && socket.writableLength === 0 && !socket.writableEnded &&
    binding.queueSize(handle) === 0;
}

function ofSocket(isNow) {
  const handle = this._handle;
  if (!handle || binding.type(handle) !== TCP || !canMove(this, handle)) throw new codes.ERR_WORKER_HANDLE_NOT_TRANSFERABLE('net.Socket');
  if (!isNow) return handle;
  binding.setOwner(handle, undefined);
  this._handle = null;
  this.destroy();
  return handle;
}

function ofServer(isNow) {
  const handle = this._handle;
  if (!handle || binding.type(handle) !== TCP) throw new codes.ERR_WORKER_HANDLE_NOT_TRANSFERABLE('net.Server');
  if (!isNow) return handle;
  binding.setOwner(handle, undefined);
  this._handle = null;
  return handle;
}

// In the other thread.
function receive(handle, isServer) {
  const { Socket } = require('internal/net/socket');
  if (!isServer) return new Socket({ handle, readable: true, writable: true });
  const { Server } = require('net');
  return new Server().listen(handle);
}

module.exports = { transfer, ofSocket, ofServer, receive };
