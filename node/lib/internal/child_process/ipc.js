// SPDX-License-Identifier: MIT
// The channel between a process and the one that it forked: messages as lines of JSON, or with 'advanced' serialization as their length in
// four bytes and what v8.Serializer writes. A socket or server goes with a message { cmd: 'NODE_HANDLE' }, and until the other side has said that
// it has it, further messages wait. `target` is the ChildProcess in the parent and `process` in the child.
'use strict';

const EventEmitter = require('events');
const { codes, errnoException } = require('internal/errors');
const { StringDecoder } = require('string_decoder');
const { DefaultSerializer, DefaultDeserializer } = require('v8');
const { IPC, events } = require('internal/stream_wrap');
const streams = internalBinding('stream_wrap');

// ---- Messages as bytes ----

const VIEW = 0, OTHER = 1;

class MessageSerializer extends DefaultSerializer {
  _writeHostObject(object) {
    if (ArrayBuffer.isView(object)) {
      this.writeUint32(VIEW);
      return super._writeHostObject(object);
    }
    this.writeUint32(OTHER);
    this.writeValue({ ...object });
  }
}
class MessageDeserializer extends DefaultDeserializer {
  _readHostObject() {
    return this.readUint32() === VIEW ? super._readHostObject() : this.readValue();
  }
}

class AdvancedFormat {
  #rest = [];
  #size = 0;
  encode(message) {
    const serializer = new MessageSerializer();
    serializer.writeHeader();
    serializer.writeValue(message);
    const body = serializer.releaseBuffer();
    const head = Buffer.allocUnsafe(4);
    head.writeUInt32BE(body.length);
    return Buffer.concat([head, body]);
  }
  // All messages that are complete with these bytes.
  decode(bytes) {
    this.#rest.push(bytes);
    this.#size += bytes.length;
    const messages = [];
    for (;;) {
      if (this.#size < 4) break;
      if (this.#rest[0].length < 4) this.#rest = [Buffer.concat(this.#rest)];
      const need = 4 + this.#rest[0].readUInt32BE(0);
      if (this.#size < need) break;
      const all = this.#rest.length === 1 ? this.#rest[0] : Buffer.concat(this.#rest);
      const deserializer = new MessageDeserializer(all.subarray(4, need));
      deserializer.readHeader();
      messages.push(deserializer.readValue());
      this.#rest = [all.subarray(need)];
      this.#size -= need;
    }
    return messages;
  }
}

class JsonFormat {
  #decoder = new StringDecoder('utf8');
  #rest = '';
  encode(message) {
    return `${JSON.stringify(message)}\n`;
  }
  decode(bytes) {
    const text = this.#decoder.write(bytes);
    if (!text.includes('\n')) {
      this.#rest += text;
      return [];
    }
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }
}

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' && message.cmd.length > 5 &&
    message.cmd.startsWith('NODE_');
}

// ---- Sockets and servers that go with messages ----

function typeOfHandle(handle) {
  const { Socket } = require('internal/net/socket');
  const { Server, isStream } = require('internal/net/server');
  if (handle instanceof Socket) return 'net.Socket';
  if (handle instanceof Server) return 'net.Server';
  if (isStream(handle)) return 'net.Native';
  throw new codes.ERR_INVALID_HANDLE_TYPE();
}

// The stream to send, or undefined when there is none any more. A socket is ours no longer, unless it is to be kept.
function takeStream(type, handle, options) {
  if (type === 'net.Native') return handle;
  const stream = handle._handle;
  if (!stream) return undefined;
  if (type === 'net.Socket' && !options.keepOpen) {
    streams.readStop(stream);
    streams.setOwner(stream, undefined);
    handle._handle = null;
    handle.setTimeout(0);
    if (handle._server) {
      handle._server._connections--;
      handle._server._emitCloseIfDrained?.();
    }
  }
  return stream;
}

function receiveHandle(type, stream, emit) {
  if (type === 'net.Native') {
    emit(stream);
  } else if (type === 'net.Socket') {
    const { Socket } = require('internal/net/socket');
    emit(new Socket({ handle: stream, readable: true, writable: true }));
  } else {
    const { Server } = require('internal/net/server');
    const server = new Server();
    server.listen(stream, () => emit(server));
  }
}

// ---- channel: what counts the references ----

class Control extends EventEmitter {
  #pipe;
  #references = 0;
  #fixed;
  constructor(open) {
    super();
    this.#pipe = open;
  }
  get fd() {
    return this.#pipe === null ? undefined : streams.descriptor(this.#pipe);
  }
  // Listeners count, unless somebody said what he wants.
  refCounted() {
    if (++this.#references === 1 && this.#fixed === undefined) this.#set(true);
  }
  unrefCounted() {
    if (--this.#references === 0 && this.#fixed === undefined) {
      this.#set(false);
      this.emit('unref');
    }
  }
  ref() {
    this.#fixed = true;
    this.#set(true);
  }
  unref() {
    this.#fixed = false;
    this.#set(false);
  }
  #set(flag) {
    if (this.#pipe !== null) streams.reference(this.#pipe, flag);
  }
  closed() {
    this.#pipe = null;
  }
}
for (const name of ['refCounted', 'unrefCounted', 'closed']) Object.defineProperty(Control.prototype, name, { enumerable: false });

function sendArguments(handle, options, callback) {
  if (typeof handle === 'function') return [undefined, undefined, handle];
  if (typeof options === 'function') return [handle, undefined, options];
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return [handle, options, callback];
}

// Gives target send, disconnect, connected and channel. `owner.pipe` is a connected pipe that tells `owner.take` what comes. onEnd: the other
// end is gone first.
function setupChannel(target, owner, mode, onEnd) {
  const open = owner.pipe;
  const format = mode === 'advanced' ? new AdvancedFormat() : new JsonFormat();
  const control = new Control(open);
  let waiting = []; // messages that came before anybody listened
  const writes = []; // callbacks of those that are on their way
  const handles = []; // that have come before their messages
  let isClosed = false;

  target.channel = control;
  Object.defineProperty(target, '_channel', {
    configurable: true,
    enumerable: false,
    get: () => target.channel,
    set: (value) => {
      target.channel = value;
    },
  });
  target._handleQueue = null;
  target._pendingMessage = null;
  target.connected = true;

  function close() {
    if (isClosed) return;
    isClosed = true;
    control.closed();
    streams.close(open);
  }

  // ---- What comes ----
  function emit(name, message, handle) {
    if (!target.channel) return;
    if (name === 'message' && target.listenerCount('message') === 0) waiting.push([message, handle]);
    else process.nextTick(() => target.emit(name, message, handle));
  }
  function deliver(message) {
    if (!isInternal(message)) {
      emit('message', message, undefined);
      return;
    }
    switch (message.cmd) {
      case 'NODE_HANDLE': takeHandle(message); break;
      case 'NODE_HANDLE_ACK': sendWaiting(true); break;
      case 'NODE_HANDLE_NACK': sendWaiting(false); break;
      default: emit('internalMessage', message, undefined);
    }
  }
  function takeHandle(message) {
    const stream = handles.shift();
    if (!target.channel) return;
    target._send({ cmd: stream === undefined ? 'NODE_HANDLE_NACK' : 'NODE_HANDLE_ACK' }, null, { swallowErrors: true }, null);
    if (stream === undefined) return;
    receiveHandle(message.type, stream, (handle) => emit(isInternal(message.msg) ? 'internalMessage' : 'message', message.msg, handle));
  }
  target.on('newListener', (name) => {
    if (name !== 'message' || waiting.length === 0) return;
    process.nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      const messages = waiting;
      waiting = [];
      for (const [message, handle] of messages) process.nextTick(() => target.emit('message', message, handle));
    });
  });

  owner.take = (chunk) => {
    if (isClosed) return;
    if (chunk === null || typeof chunk === 'number') {
      target.disconnectByPeer();
      return;
    }
    for (let stream; typeof (stream = streams.takeHandle(open)) === 'object';) handles.push(stream);
    let messages;
    try {
      messages = format.decode(chunk);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
      return;
    }
    for (const message of messages) deliver(message);
  };
  owner.written = () => writes.shift()?.(0); // as in Node: also what the other side did not live to read

  // ---- What goes ----
  target.send = function send(message, handle, options, callback) {
    ({ 0: handle, 1: options, 2: callback } = sendArguments(handle, options, callback));
    if (this.connected) return this._send(message, handle, options, callback);
    const error = new codes.ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.emit('error', error));
    return false;
  };

  target._send = function _send(message, handle, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
      throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    options = typeof options === 'boolean' ? { swallowErrors: options } : options ?? {};
    const type = handle ? typeOfHandle(handle) : undefined;
    const isAnswer = isInternal(message) && (message.cmd === 'NODE_HANDLE_ACK' || message.cmd === 'NODE_HANDLE_NACK');
    if (this._handleQueue && !isAnswer) {
      this._handleQueue.push({ message, handle, options, callback });
      return this._handleQueue.length === 1;
    }
    const done = (status) => {
      if (status >= 0) {
        if (typeof callback === 'function') callback(null);
        return;
      }
      const error = errnoException(status, 'write');
      if (typeof callback === 'function') process.nextTick(callback, error);
      else if (!options.swallowErrors) process.nextTick(() => this.emit('error', error));
    };
    const stream = type === undefined ? undefined : takeStream(type, handle, options);
    const bytes = format.encode(stream === undefined ? message : { cmd: 'NODE_HANDLE', type, msg: message });
    let result = 0;
    if (!isClosed) result = stream === undefined ? streams.write(open, bytes, 0) : streams.writeHandle(open, bytes, stream);
    if (result < 0) {
      if (stream !== undefined && type === 'net.Socket' && !options.keepOpen) streams.close(stream);
      done(result);
      return false;
    }
    if (result === 0) process.nextTick(done, 0);
    else writes.push(done);
    if (stream !== undefined) {
      this._handleQueue = [];
      this._pendingMessage = { message, handle: stream, options, callback, type };
    }
    return isClosed || streams.queueSize(open) < 65536 * 2;
  };

  // The other side has the handle, or could not take it; what has waited goes.
  function sendWaiting(isTaken) {
    const pending = target._pendingMessage, queue = target._handleQueue;
    target._pendingMessage = null;
    target._handleQueue = null;
    if (!isTaken) process.emitWarning('Handle did not reach the receiving process correctly', 'SentHandleNotReceivedWarning');
    if (pending && pending.type === 'net.Socket' && !pending.options.keepOpen) streams.close(pending.handle);
    for (const { message, handle, options, callback } of queue ?? []) target._send(message, handle, options, callback);
    if (!target.connected && target.channel && !target._handleQueue) target._disconnect();
  }

  target.disconnect = function disconnect() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };
  target._disconnect = function _disconnect() {
    this.connected = false;
    if (this._handleQueue) return; // when what waits is gone
    this.channel = null;
    process.nextTick(() => {
      close();
      this.emit('disconnect');
    });
  };
  Object.defineProperty(target, 'disconnectByPeer', {
    configurable: true,
    enumerable: false,
    value() {
      if (!this.channel) return;
      if (this._pendingMessage && this._pendingMessage.type === 'net.Socket') streams.close(this._pendingMessage.handle);
      for (const stream of handles.splice(0)) streams.close(stream);
      this._pendingMessage = null;
      this._handleQueue = null;
      this._disconnect();
      onEnd?.();
    },
  });

  streams.readStart(open);
  return control;
}

// A pipe for a channel: { pipe, take, written }.
function createChannelPipe() {
  const owner = { pipe: null, take: null, written: null };
  owner.pipe = streams.create(IPC, (event, argument) => {
    if (event === events.READ) owner.take?.(argument);
    else if (event === events.WRITTEN) owner.written?.(argument);
  }, -1);
  if (typeof owner.pipe === 'number') throw errnoException(owner.pipe, 'spawn');
  return owner;
}

// In the process that was forked: the channel is what it inherited as `fd`.
function forkedChannel(fd, mode) {
  const owner = createChannelPipe();
  const error = streams.open(owner.pipe, fd);
  if (error) throw errnoException(error, 'open');
  streams.reference(owner.pipe, false);
  const control = setupChannel(process, owner, mode);
  const counts = (name) => name === 'message' || name === 'disconnect';
  process.on('newListener', (name) => {
    if (counts(name)) control.refCounted();
  });
  process.on('removeListener', (name) => {
    if (counts(name)) control.unrefCounted();
  });
  return control;
}

// Before a forked program begins: its channel, out of the environment.
function setupFromEnvironment() {
  const { NODE_CHANNEL_FD: fd, NODE_CHANNEL_SERIALIZATION_MODE: mode } = process.env;
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  const number = Number.parseInt(fd, 10);
  if (!(number >= 0)) return;
  forkedChannel(number, mode === 'advanced' ? 'advanced' : 'json');
  if (process.env.NODE_UNIQUE_ID === undefined) return;
  require('cluster')._setupWorker();
  delete process.env.NODE_UNIQUE_ID;
}

module.exports = { setupChannel, createChannelPipe, forkedChannel, setupFromEnvironment };
