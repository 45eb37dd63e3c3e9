// SPDX-License-Identifier: MIT
// child_process: what callers say becomes the options of ChildProcess (lib/internal/child_process.js); exec and its relatives collect output.
'use strict';

const { codes, AbortError } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateInteger, validateNumber, validateObject, validateString,
} = require('internal/validators');
const { ChildProcess, spawnSync: runSync, signalNumber } = require('internal/child_process');

const MAX_BUFFER = 1024 * 1024;
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

// ---- Arguments ----

function withoutNull(value, name) {
  if (typeof value === 'string' && value.includes('\0')) throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
}

function pathOf(value, name) {
  if (value instanceof URL) value = require('url').fileURLToPath(value);
  else if (ArrayBuffer.isView(value)) value = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
  else if (typeof value !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
  withoutNull(value, name);
  return value;
}

function validateTimeout(timeout) {
  if (timeout != null) validateInteger(timeout, 'timeout', 0);
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer != null) validateNumber(maxBuffer, 'options.maxBuffer', 0);
}

function killSignalOf(signal) {
  if (typeof signal === 'string' || typeof signal === 'number') return signalNumber(signal);
  if (signal != null) throw new codes.ERR_INVALID_ARG_TYPE('options.killSignal', ['string', 'number'], signal);
  return undefined;
}

function validateSpawnOptions(options) {
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  if (options.uid != null) validateInt32(options.uid, 'options.uid');
  if (options.gid != null) validateInt32(options.gid, 'options.gid');
  if (options.shell != null && typeof options.shell !== 'boolean' && typeof options.shell !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.shell', ['boolean', 'string'], options.shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    withoutNull(options.argv0, 'options.argv0');
  }
  if (options.windowsHide != null) validateBoolean(options.windowsHide, 'options.windowsHide');
  if (options.windowsVerbatimArguments != null) validateBoolean(options.windowsVerbatimArguments, 'options.windowsVerbatimArguments');
}

let warnedOfShell = false;
function warnOfShell() {
  if (warnedOfShell) return;
  warnedOfShell = true;
  process.emitWarning('Passing args to a child process with shell option true can lead to security vulnerabilities, as the arguments are ' +
    'not escaped, only concatenated.', 'DeprecationWarning', 'DEP0190');
}

function environmentPairs(env) {
  const pairs = [];
  for (const name in env) { // inherited ones too
    const value = env[name];
    if (value === undefined) continue;
    withoutNull(name, `options.env['${name}']`);
    withoutNull(value, `options.env['${name}']`);
    pairs.push(`${name}=${value}`);
  }
  return pairs;
}

function normalizeSpawn(file, args, options) {
  validateString(file, 'file');
  withoutNull(file, 'file');
  if (file.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args == null) {
    args = [];
  } else if (typeof args !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('args', 'object', args);
  } else {
    options = args;
    args = [];
  }
  for (let i = 0; i < args.length; i++) withoutNull(args[i], `args[${i}]`);
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  options = { __proto__: null, ...options };
  let { cwd } = options;
  if (cwd != null) cwd = pathOf(cwd, 'options.cwd');
  validateSpawnOptions(options);
  if (options.shell) {
    withoutNull(options.shell, 'options.shell');
    if (args.length > 0) warnOfShell();
    const command = [file, ...args].join(' ');
    file = typeof options.shell === 'string' ? options.shell : '/bin/sh';
    args = ['-c', command];
  }
  args.unshift(typeof options.argv0 === 'string' ? options.argv0 : file);
  return {
    __proto__: null, ...options, args: args.map(String), cwd, detached: !!options.detached, envPairs: environmentPairs(options.env || process.env), file,
    windowsHide: !!options.windowsHide, windowsVerbatimArguments: !!options.windowsVerbatimArguments,
  };
}

// ---- spawn, fork ----

function abortChild(child, killSignal, reason) {
  if (!child) return;
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

function spawn(file, args, options) {
  options = normalizeSpawn(file, args, options);
  validateTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = killSignalOf(options.killSignal);
  const child = new ChildProcess();
  child.spawn(options);
  if (options.timeout > 0) {
    let timer = setTimeout(() => {
      timer = null;
      try {
        child.kill(killSignal);
      } catch (error) {
        child.emit('error', error);
      }
    }, options.timeout);
    child.once('exit', () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    });
  }
  const { signal } = options;
  if (signal) {
    const onAbort = () => abortChild(child, killSignal, signal.reason);
    if (signal.aborted) {
      process.nextTick(onAbort);
    } else {
      const disposable = require('events').addAbortListener(signal, onAbort);
      child.once('exit', disposable[Symbol.dispose]);
    }
  }
  return child;
}

function forkStdio(options) {
  const { fromText } = require('internal/child_process/stdio');
  if (typeof options.stdio === 'string') return fromText(options.stdio, 'ipc');
  if (!options.stdio) return fromText(options.silent ? 'pipe' : 'inherit', 'ipc');
  if (!options.stdio.includes('ipc')) throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  return options.stdio;
}

// process.execArgv without the program of -e.
function execArgvOf(options) {
  const list = options.execArgv || process.execArgv;
  if (list !== process.execArgv || process._eval == null) return list;
  const at = list.lastIndexOf(process._eval);
  return at > 0 ? list.toSpliced(at - 1, 2) : list;
}

function fork(modulePath, args, options) {
  modulePath = pathOf(modulePath, 'modulePath');
  if (args == null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    options = args;
    args = [];
  } else if (!Array.isArray(args)) {
    throw new codes.ERR_INVALID_ARG_VALUE('args', args);
  }
  if (options != null) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  const execPath = options.execPath || process.execPath;
  withoutNull(execPath, 'options.execPath');
  options.execPath = execPath;
  const execArgv = execArgvOf(options);
  options.stdio = forkStdio(options);
  return spawn(execPath, [...execArgv, modulePath, ...args], options);
}

// In the process that was forked.
function _forkChild(fd, serializationMode) {
  return require('internal/child_process/ipc').forkedChannel(fd, serializationMode);
}

// ---- exec, execFile ----

function commandError(message, facts) {
  const error = new Error(message);
  return Object.assign(error, facts);
}

// Collects the output of a child and calls back once.
class Collector {
  #child;
  #command;
  #options;
  #callback;
  #error = null;
  #isDone = false;
  #killed = false;
  #timer = null;
  #streams = {};
  constructor(child, command, options, callback) {
    this.#child = child;
    this.#command = command;
    this.#options = options;
    this.#callback = callback;
    for (const name of ['stdout', 'stderr']) this.#collect(name);
    if (options.timeout > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#kill();
      }, options.timeout);
    }
    child.addListener('close', (code, signal) => this.#exited(code, signal));
    child.addListener('error', (error) => {
      this.#error = error;
      child.stdout?.destroy();
      child.stderr?.destroy();
      this.#exited();
    });
  }
  #collect(name) {
    const stream = this.#child[name];
    const parts = [];
    let length = 0;
    this.#streams[name] = { parts, isText: false };
    if (!stream) return;
    const { encoding, maxBuffer } = this.#options;
    if (encoding) stream.setEncoding(encoding);
    stream.on('data', (chunk) => {
      const text = stream.readableEncoding;
      this.#streams[name].isText = Boolean(text);
      const size = text ? Buffer.byteLength(chunk, text) : chunk.length;
      const room = maxBuffer - length;
      length += size;
      if (length <= maxBuffer) {
        parts.push(chunk);
        return;
      }
      parts.push(chunk.slice(0, text && maxBuffer !== 0 ? room : Math.max(room, 0)));
      this.#error = new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      this.#kill();
    });
  }
  #kill() {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#killed = true;
    try {
      this.#child.kill(this.#options.killSignal);
    } catch (error) {
      this.#error ||= error;
      this.#exited();
    }
  }
  #output(name) {
    const { parts, isText } = this.#streams[name];
    return this.#options.encoding || isText || this.#child[name]?.readableEncoding ? parts.join('') : Buffer.concat(parts);
  }
  #exited(code = null, signal = null) {
    if (this.#isDone) return;
    this.#isDone = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#callback) return;
    const stdout = this.#output('stdout'), stderr = this.#output('stderr');
    if (!this.#error && code === 0 && signal === null) {
      this.#callback(null, stdout, stderr);
      return;
    }
    this.#error ||= commandError(`Command failed: ${this.#command}\n${stderr}`, {
      code: code < 0 ? internalBinding('process').errorName(code) : code, killed: this.#child.killed || this.#killed, signal,
    });
    this.#error.cmd = this.#command;
    this.#callback(this.#error, stdout, stderr);
  }
}

function normalizeExecFile(file, args, options, callback) {
  if (Array.isArray(args)) {
    args = [...args];
  } else if (args != null && typeof args === 'object') {
    callback = options;
    options = args;
    args = null;
  } else if (typeof args === 'function') {
    callback = args;
    options = null;
    args = null;
  }
  args ??= [];
  if (typeof options === 'function') callback = options;
  else if (options != null) validateObject(options, 'options');
  options = options == null || typeof options === 'function' ? {} : options;
  if (callback != null) validateFunction(callback, 'callback');
  if (options.argv0 != null) validateString(options.argv0, 'options.argv0');
  return { file, args, options, callback };
}

function execFile(file, args, options, callback) {
  ({ file, args, options, callback } = normalizeExecFile(file, args, options, callback));
  options = {
    __proto__: null, encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false, ...options,
  };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = killSignalOf(options.killSignal);
  const { encoding } = options;
  const child = spawn(file, args, {
    cwd: options.cwd, env: options.env, gid: options.gid, shell: options.shell, signal: options.signal, uid: options.uid,
    windowsHide: !!options.windowsHide, windowsVerbatimArguments: !!options.windowsVerbatimArguments,
    ...(options.argv0 != null && { argv0: options.argv0 }),
  });
  new Collector(child, [file, ...args].join(' '), { ...options, encoding: encoding && Buffer.isEncoding(encoding) ? encoding : null }, callback);
  return child;
}

function normalizeExec(command, options, callback) {
  validateString(command, 'command');
  withoutNull(command, 'command');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  options = { __proto__: null, ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return { file: command, options, callback };
}

function exec(command, options, callback) {
  const normal = normalizeExec(command, options, callback);
  return execFile(normal.file, normal.options, normal.callback);
}

function promisified(original) {
  return (...args) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error !== null) reject(Object.assign(error, { stdout, stderr }));
      else resolve({ stdout, stderr });
    });
    return promise;
  };
}
for (const f of [exec, execFile]) Object.defineProperty(f, customPromisify, { enumerable: false, value: promisified(f) });

// ---- The synchronous forms ----

function spawnSync(file, args, options) {
  options = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawn(file, args, options) };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  options.killSignal = killSignalOf(options.killSignal);
  return runSync(options);
}

function checkResult(result, args, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = `Command failed: ${command || args.join(' ')}`;
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return commandError(message, result);
}

function outputOf(result, options, args, command) {
  if (!options.stdio && result.stderr) process.stderr.write(result.stderr);
  const error = checkResult(result, args, command);
  if (error) throw error;
  return result.stdout;
}

function execFileSync(file, args, options) {
  ({ file, args, options } = normalizeExecFile(file, args, options));
  const result = spawnSync(file, args, options);
  return outputOf(result, options, [options.argv0 || file, ...args], undefined);
}

function execSync(command, options) {
  const normal = normalizeExec(command, options, null);
  const result = spawnSync(normal.file, normal.options);
  return outputOf(result, normal.options, undefined, command);
}

module.exports = { _forkChild, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
