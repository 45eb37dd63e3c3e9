// SPDX-License-Identifier: MIT
// ChildProcess, and the form without a loop: both give internalBinding('child_process') what normalised options say.
'use strict';

const EventEmitter = require('events');
const { codes, errnoException } = require('internal/errors');
const { validateObject, validateOneOf, validateString } = require('internal/validators');
const { parseStdio } = require('internal/child_process/stdio');
const { PIPE } = require('internal/stream_wrap');
const binding = internalBinding('child_process');
const streams = internalBinding('stream_wrap');

const DETACHED = 1, SET_UID = 2, SET_GID = 4;
// Errors that a program may expect: they are events, the others are thrown.
const ordinary = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);

function signals() {
  return require('os').constants.signals;
}

function signalNumber(signal) {
  const known = signals();
  if (typeof signal === 'number' && Object.values(known).includes(signal)) return signal;
  if (typeof signal === 'string' && Object.hasOwn(known, signal.toUpperCase())) return known[signal.toUpperCase()];
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function signalName(number) {
  if (number === null) return null;
  for (const [name, value] of Object.entries(signals())) if (value === number) return name;
  return null;
}

function flagsOf(options) {
  return (options.detached ? DETACHED : 0) | (options.uid == null ? 0 : SET_UID) | (options.gid == null ? 0 : SET_GID);
}

// What both bindings are given first.
function commonArguments(options) {
  return [options.file, options.args ?? [], options.envPairs, options.cwd ?? undefined, flagsOf(options), options.uid ?? 0, options.gid ?? 0];
}

function ChildProcess() {
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = null;
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function maybeClose(child) {
  if (++child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

// What nobody reads must not hold back 'close'.
function flushStdio(child) {
  for (const stream of child.stdio ?? []) if (stream && stream.readable && !stream.destroyed && stream.readableFlowing === null) stream.resume();
}

function exited(child, status, signal) {
  if (signal !== null) child.signalCode = signalName(signal);
  else child.exitCode = status;
  if (child.stdin) child.stdin.destroy();
  child._handle = null;
  if (status < 0) {
    const error = errnoException(status, child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn');
    if (child.spawnfile) error.path = child.spawnfile;
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

function createPipe() {
  const pipe = streams.create(PIPE, undefined, -1);
  if (typeof pipe === 'number') throw errnoException(pipe, 'spawn');
  return pipe;
}

// Makes what a pipe of the options needs before the process begins.
function preparePipes(entries) {
  for (const entry of entries) {
    if (entry.type === 'pipe' || entry.type === 'overlapped') entry.owner = { pipe: createPipe() };
    if (entry.type === 'ipc') entry.owner = require('internal/child_process/ipc').createChannelPipe();
  }
}

function closePipes(entries) {
  for (const { owner } of entries) if (owner) streams.close(owner.pipe);
}

function descriptorOf(entry) {
  if (entry.owner) return entry.owner.pipe;
  return entry.type === 'ignore' ? null : entry.fd;
}

function makeStream(entry, i) {
  if (entry.type !== 'pipe' && entry.type !== 'overlapped') return null;
  const { Socket } = require('internal/net/socket');
  return new Socket({ handle: entry.owner.pipe, readable: i !== 0 });
}

function countClose(child, stream) {
  child._closesNeeded++;
  stream.on('close', () => maybeClose(child));
}

ChildProcess.prototype.spawn = function spawn(options) {
  validateObject(options, 'options');
  const { stdio, ipc } = parseStdio(options.stdio || 'pipe', false);
  const { serialization } = options;
  validateOneOf(serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const mode = serialization || 'json';
  if (ipc !== undefined) {
    options.envPairs ??= [];
    if (!Array.isArray(options.envPairs)) throw new codes.ERR_INVALID_ARG_TYPE('options.envPairs', 'Array', options.envPairs);
    options.envPairs.push(`NODE_CHANNEL_FD=${ipc}`, `NODE_CHANNEL_SERIALIZATION_MODE=${mode}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args === undefined) this.spawnargs = [];
  else if (Array.isArray(options.args)) this.spawnargs = options.args;
  else throw new codes.ERR_INVALID_ARG_TYPE('options.args', 'Array', options.args);

  preparePipes(stdio);
  const handle = binding.spawn(...commonArguments(options), stdio.map(descriptorOf), (status, signal) => exited(this, status, signal));
  if (typeof handle === 'number') {
    const code = internalBinding('process').errorName(handle);
    if (!ordinary.has(code)) {
      closePipes(stdio);
      throw errnoException(handle, 'spawn');
    }
    process.nextTick(exited, this, handle, null);
    if (code === 'EMFILE' || code === 'ENFILE') {
      closePipes(stdio);
      return handle;
    }
  } else {
    this._handle = handle;
    process.nextTick(() => this.emit('spawn'));
    this.pid = binding.pid(handle);
  }
  const streams = stdio.map((entry, i) => makeStream(entry, i));
  if (typeof handle === 'number') for (const stream of streams) stream?.destroy();
  for (const stream of streams.slice(1)) if (stream) countClose(this, stream);
  for (const [i, name] of ['stdin', 'stdout', 'stderr'].entries()) this[name] = streams[i] ?? null;
  this.stdio = streams;
  if (ipc !== undefined) {
    this._closesNeeded++;
    require('internal/child_process/ipc').setupChannel(this, stdio[ipc].owner, mode, () => maybeClose(this));
    if (typeof handle === 'number') process.nextTick(() => this.disconnectByPeer());
  }
  return typeof handle === 'number' ? handle : 0;
};

ChildProcess.prototype.kill = function kill(signal) {
  const number = signal === 0 ? 0 : signalNumber(signal === undefined ? 'SIGTERM' : signal);
  if (this._handle === null) return false;
  const error = binding.kill(this._handle, number);
  if (error === 0) {
    this.killed = true;
    return true;
  }
  const code = internalBinding('process').errorName(error);
  if (code === 'EINVAL' || code === 'ENOSYS') throw errnoException(error, 'kill');
  if (code !== 'ESRCH') this.emit('error', errnoException(error, 'kill'));
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};
ChildProcess.prototype.ref = function ref() {
  if (this._handle !== null) binding.reference(this._handle, true);
};
ChildProcess.prototype.unref = function unref() {
  if (this._handle !== null) binding.reference(this._handle, false);
};

// ---- spawnSync ----

function syncStdio(options) {
  const { stdio } = parseStdio(options.stdio || 'pipe', true);
  if (options.input !== undefined && options.input !== null) stdio[0] = { ...stdio[0], type: 'pipe', readable: true, writable: false, input: options.input };
  for (const entry of stdio) {
    if (entry.input === undefined) continue;
    if (ArrayBuffer.isView(entry.input) || entry.input instanceof ArrayBuffer) continue;
    if (typeof entry.input !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.stdio[0]', ['Buffer', 'TypedArray', 'DataView', 'string'], entry.input);
    }
    entry.input = Buffer.from(entry.input, options.encoding === undefined || options.encoding === 'buffer' ? 'utf8' : options.encoding);
  }
  return stdio.map((entry) => {
    if (entry.type === 'pipe' || entry.type === 'overlapped') return [entry.input, entry.writable];
    return entry.type === 'ignore' ? null : entry.fd;
  });
}

function outputOf(bytes, encoding) {
  if (bytes === null) return null;
  const buffer = Buffer.from(bytes.buffer);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function spawnSync(options) {
  let [pid, status, signal, outputs, errorNumber] = [0, null, null, null, 0];
  try {
    [pid, status, signal, outputs, errorNumber] = binding.spawnSync(...commonArguments(options), syncStdio(options), options.timeout ?? 0,
      Number.isFinite(options.maxBuffer) ? options.maxBuffer : 0, options.killSignal || signals().SIGTERM);
  } catch (error) {
    if (error.syscall !== 'spawnSync') throw error;
    errorNumber = error.errno; // not even a loop or a pipe could be made
  }
  const result = {};
  if (errorNumber) {
    result.error = errnoException(errorNumber, `spawnSync ${options.file}`);
    result.error.path = options.file;
    result.error.spawnargs = options.args.slice(1);
  }
  const output = pid === 0 ? null : outputs.map((bytes) => outputOf(bytes, options.encoding));
  return Object.assign(result, { status, signal: signalName(signal), output, pid, stdout: output?.[1], stderr: output?.[2] });
}

module.exports = { ChildProcess, spawnSync, signalNumber };
