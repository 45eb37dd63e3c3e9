// SPDX-License-Identifier: MIT
// process.stdout and stderr as long as a program only writes to them: small objects that put each chunk out at once, which is what Node's
// streams to files, pipes and terminals do. They become the real streams of internal/stdio_streams as soon as something else is asked of them,
// or the program loads node:stream: whoever could tell the difference cannot see the small ones.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('process');

const { write, handleType } = binding;

const kFailure = Symbol('failure'); // of a write that the real stream has to tell
const kWritten = Symbol('written'), kWorkerFd = Symbol('workerFd');

// As long as there may be some that have not become streams.
let small = [];

class Output extends EventEmitter {
  constructor(fd, isTTY) {
    super();
    this.fd = fd;
    this._type = isTTY ? 'tty' : handleType(fd) === 'PIPE' ? 'pipe' : 'fs';
    this._isStdio = true;
    if (isTTY) {
      this.isTTY = true;
      this.on('newListener', onNewListener);
    }
    small.push(this);
  }
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    const isPlain = typeof chunk === 'string' ? !encoding || encoding === 'utf8' || encoding === 'utf-8' : ArrayBuffer.isView(chunk);
    if (!isPlain || this._isEnough(chunk)) {
      become(this);
      return this.write(chunk, encoding, callback);
    }
    const result = this._put(chunk);
    if (result < 0) {
      become(this);
      this[kFailure] = result;
      return this.write(chunk, encoding, callback);
    }
    if (typeof callback === 'function') binding.nextTick(callback, null);
    return true;
  }
  // All of it, at once: 0 or libuv's error.
  _put(chunk) {
    return write(this.fd, chunk);
  }
  _isEnough() {
    return false;
  }
}

// The size of a terminal is watched when somebody wants to know of its changes.
function onNewListener(name) {
  if (name !== 'resize') return;
  this.removeListener('newListener', onNewListener);
  require('internal/tty_size').watchSize(this, true);
}

// A worker's, to its parent. After so many bytes it must be able to say that the parent does not keep up.
const WORKER_LIMIT = 65536;

class WorkerOutput extends Output {
  constructor(fd) {
    super(fd, false);
    delete this.fd;
    delete this._type;
    delete this._isStdio;
    Object.defineProperty(this, kWritten, { value: 0, writable: true, enumerable: false });
    Object.defineProperty(this, kWorkerFd, { value: fd, enumerable: false });
  }
  _put(chunk) {
    return write(this[kWorkerFd], chunk);
  }
  _isEnough(chunk) {
    this[kWritten] += chunk.length;
    return this[kWritten] > WORKER_LIMIT;
  }
}

// ---- Becoming a stream ----

function become(output) {
  if (!small.includes(output)) return;
  require('stream'); // calls becomeAll
}

// Called at the end of node:stream and, when that was loaded by it, of internal/stdio_streams.
function becomeAll() {
  const { turnInto } = require('internal/stdio_streams');
  if (turnInto === undefined) return; // still loading
  const all = small;
  small = [];
  for (const output of all) turnInto(output, output[kWorkerFd]);
}
binding.becomeStreams = becomeAll;

for (const name of [
  'constructor', 'pipe', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', '_final', 'end', 'closed', 'destroyed', 'writable',
  'writableFinished', 'writableObjectMode', 'writableBuffer', 'writableEnded', 'writableNeedDrain', 'writableHighWaterMark', 'writableCorked',
  'writableLength', 'errored', 'writableAborted', 'destroy', '_undestroy', '_destroy', 'destroySoon', '_writableState', 'readable', 'autoClose',
  'eventNames', Symbol.asyncDispose, Symbol.for('nodejs.util.inspect.custom'),
]) {
  Object.defineProperty(Output.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      if (!small.includes(this)) return undefined;
      become(this);
      return this[name];
    },
    set(value) {
      become(this);
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
}

delete WorkerOutput.prototype.constructor; // Output's tells

// ---- Terminals ----

function size(fd) {
  return internalBinding('tty').size(fd);
}

function cursorCall(f) {
  return function(...args) {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : undefined;
    return this.write(f(...args), callback);
  };
}

// The methods of a terminal, for small ones and real ones. `columns` and `rows` can be set.
const terminal = {
  getWindowSize() {
    return this.isTTY ? size(this.fd) : undefined;
  },
  getColorDepth(env) {
    return require('internal/tty_colors').getColorDepth(env);
  },
  hasColors(count, env) {
    return require('internal/tty_colors').hasColors(count, env);
  },
  cursorTo: cursorCall((x, y) => (typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`)),
  moveCursor: cursorCall((dx, dy) =>
    `${dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : ''}${dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : ''}`),
  clearLine: cursorCall((dir) => (dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K')),
  clearScreenDown: cursorCall(() => '\x1b[0J'),
};

function addTerminal(prototype) {
  for (const name of Object.keys(terminal)) {
    Object.defineProperty(prototype, name, { value: terminal[name], writable: true, configurable: true, enumerable: true });
  }
  for (const [name, index] of [['columns', 0], ['rows', 1]]) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: false,
      get() {
        return this.isTTY ? size(this.fd)[index] : undefined;
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
}
addTerminal(Output.prototype);

// ---- process.* ----

function makeOutput(fd) {
  const type = handleType(fd);
  const isWorker = type === 'WORKER';
  if (binding.hasStreams) return require('internal/stdio_streams').makeOutput(fd, isWorker, type === 'TTY');
  return isWorker ? new WorkerOutput(fd) : new Output(fd, type === 'TTY');
}

function makeStdin(fd) {
  const type = handleType(fd);
  if (type === 'WORKER') return require('internal/worker/child').makeStdin();
  return require('internal/stdin').makeStdin(fd, type);
}

module.exports = { makeOutput, makeStdin, addTerminal, onNewListener, kFailure };
