// SPDX-License-Identifier: MIT
// The channel between a process and the one that it forked: messages as lines of JSON, or with 'advanced' serialization as their length in
// four bytes and what v8.Serializer writes. `target` is the ChildProcess in the parent and `process` in the child.
'use strict';

const EventEmitter = require('events');
const { codes, errnoException } = require('internal/errors');
const { StringDecoder } = require('string_decoder');
const { DefaultSerializer, DefaultDeserializer } = require('v8');
const pipe = internalBinding('pipe');

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
    return this.#pipe === null ? undefined : pipe.descriptor(this.#pipe);
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
    if (this.#pipe !== null) pipe.reference(this.#pipe, flag);
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

// Gives target send, disconnect, connected and channel. `open` is a connected pipe that tells `owner.take` what comes. onEnd: the other end is gone first.
function setupChannel(target, owner, mode, onEnd) {
  const open = owner.pipe;
  const format = mode === 'advanced' ? new AdvancedFormat() : new JsonFormat();
  const control = new Control(open);
  let waiting = []; // messages that came before anybody listened
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
    pipe.close(open);
  }
  function deliver(message) {
    if (!target.channel) return;
    const name = isInternal(message) ? 'internalMessage' : 'message';
    if (name === 'message' && target.listenerCount('message') === 0) waiting.push(message);
    else process.nextTick(() => target.emit(name, message, undefined));
  }
  target.on('newListener', (name) => {
    if (name !== 'message' || waiting.length === 0) return;
    process.nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      const messages = waiting;
      waiting = [];
      for (const message of messages) process.nextTick(() => target.emit('message', message, undefined));
    });
  });

  owner.take = (chunk) => {
    if (isClosed) return;
    if (chunk === null || typeof chunk === 'number') {
      target.disconnectByPeer();
      return;
    }
    let messages;
    try {
      messages = format.decode(Buffer.from(chunk.buffer));
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
      return;
    }
    for (const message of messages) deliver(message);
  };

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
    if (handle) throw new codes.ERR_INVALID_HANDLE_TYPE();
    const bytes = format.encode(message);
    const done = (status) => {
      if (status >= 0) {
        if (typeof callback === 'function') callback(null);
        return;
      }
      const error = errnoException(status, 'write');
      if (typeof callback === 'function') process.nextTick(callback, error);
      else if (!options?.swallowErrors) process.nextTick(() => this.emit('error', error));
    };
    const result = isClosed ? 0 : pipe.write(open, bytes, done);
    if (result === 1) process.nextTick(done, 0);
    else if (result < 0) {
      done(result);
      return false;
    }
    return isClosed || pipe.queueSize(open) < 65536 * 2;
  };

  target.disconnect = function disconnect() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };
  target._disconnect = function _disconnect() {
    this.connected = false;
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
      if (!this.connected) return;
      this._disconnect();
      onEnd?.();
    },
  });

  pipe.readStart(open);
  return control;
}

// A pipe for a channel: { pipe, take }.
function createChannelPipe() {
  const owner = { take: null };
  owner.pipe = pipe.create(true, (chunk) => owner.take?.(chunk), undefined);
  return owner;
}

// In the process that was forked: the channel is what it inherited as `fd`.
function forkedChannel(fd, mode) {
  const owner = createChannelPipe();
  const error = pipe.open(owner.pipe, fd);
  if (error) throw errnoException(error, 'open');
  pipe.reference(owner.pipe, false);
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
