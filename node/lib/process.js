// SPDX-License-Identifier: MIT
// The process object: an EventEmitter over internalBinding('process'). Streams are made when they are first read.
'use strict';

const binding = internalBinding('process');
const { setCallback } = internalBinding('builtins');
const EventEmitter = require('events');

const facts = binding.facts();

function process() {}
const proto = Object.create(EventEmitter.prototype, {
  constructor: { value: process, writable: true, configurable: true, enumerable: false },
});
const proc = Object.create(proto);
Object.defineProperty(proc, Symbol.toStringTag, { value: 'process', configurable: true, writable: false, enumerable: false });
EventEmitter.call(proc);

proc.version = 'v26.0.0';
proc.versions = Object.freeze({
  node: '26.0.0', weft: facts.weftVersion, v8: '14.2.231.17-node.1', uv: facts.uvVersion, modules: '147', unicode: '17.0',
});
proc.arch = facts.arch;
proc.platform = facts.platform;
proc.release = { name: 'node', lts: undefined };
delete proc.release.lts;
proc.argv = [facts.execPath];
if (facts.mainScript !== undefined) proc.argv.push(facts.mainScript);
proc.argv.push(...facts.args);
proc.argv0 = facts.argv0;
proc.execArgv = facts.execArgv;
proc.execPath = facts.execPath;
proc.env = binding.makeEnv();
proc.pid = facts.pid;
Object.defineProperty(proc, 'ppid', { enumerable: true, configurable: true, get: () => binding.ppid() });
proc.debugPort = 9229;
Object.defineProperty(proc, 'title', {
  enumerable: true, configurable: true, get: () => binding.getTitle(), set: (v) => void binding.setTitle(String(v)),
});
proc.features = {
  inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: false, tls_sni: false, tls_ocsp: false, tls: false,
  cached_builtins: true, require_module: true, typescript: false,
};
proc.config = { target_defaults: { cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] }, variables: {} };
proc.noDeprecation = facts.noDeprecation || undefined;
if (!facts.noDeprecation) delete proc.noDeprecation;
if (facts.throwDeprecation) proc.throwDeprecation = true;
if (facts.traceDeprecation) proc.traceDeprecation = true;
proc._events = proc._events;
proc.domain = null;
proc._exiting = false;
Object.defineProperty(proc, '_exiting', { enumerable: false, writable: true });
proc.moduleLoadList = [];
proc.binding = function binding(name) {
  if (name === 'natives') return {};
  if (name === 'constants') return require('constants');
  throw new Error(`No such module: ${name}`);
};

// ---- The end ----

let exitCode;
function validExitCode(value, name) {
  if (value === null || value === undefined) return undefined;
  let number = value;
  if (typeof value === 'string' && value !== '') number = Number(value);
  if (!Number.isInteger(number)) {
    const { codes } = require('internal/errors');
    if (typeof value === 'number') throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'integer', value);
  }
  return number;
}
Object.defineProperty(proc, 'exitCode', {
  enumerable: true,
  configurable: false,
  get: () => exitCode,
  set(value) {
    exitCode = value === undefined || value === null ? value : (validExitCode(value, 'code'), value);
  },
});

proc.exit = function exit(code) {
  if (arguments.length !== 0 && code !== undefined) proc.exitCode = code;
  if (!proc._exiting) {
    proc._exiting = true;
    binding.setExiting(true);
    proc.emit('exit', validExitCode(exitCode, 'code') || 0);
  }
  proc.reallyExit(validExitCode(exitCode, 'code') || 0);
};
// What a worker's streams have not sent yet.
function flushOutput() {
  if (!facts.isMain && binding.hasStreams) require('internal/worker/child').flushOutput();
}
proc.reallyExit = function reallyExit(code) {
  flushOutput();
  binding.reallyExit(code | 0);
};
proc.abort = function abort() {
  binding.abort();
};

setCallback(6, (code, force) => {
  if (proc._exiting) return code;
  proc._exiting = true;
  if (force) exitCode = code;
  const now = validExitCode(exitCode, 'code') ?? code;
  proc.emit('exit', now);
  flushOutput();
  return validExitCode(exitCode, 'code') ?? code;
});
setCallback(7, (code) => {
  proc.emit('beforeExit', validExitCode(exitCode, 'code') ?? code);
});

// ---- Native addons ----

proc.dlopen = function dlopen(module, filename) {
  const { codes } = require('internal/errors');
  if (arguments.length < 2) {
    const error = new codes.ERR_MISSING_ARGS('filename');
    error.message = 'process.dlopen needs at least 2 arguments';
    throw error;
  }
  const error = new Error(`${filename}: native addons are not supported by weft`);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
};

// ---- Uncaught exceptions and rejections ----

let captureCallback = null;
proc.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(f) {
  const { codes } = require('internal/errors');
  if (f === null) {
    captureCallback = null;
    return;
  }
  if (typeof f !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], f);
  if (captureCallback !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  captureCallback = f;
};
const captureCallbacks = []; // the newest first; one that returns true ends the matter
proc.addUncaughtExceptionCaptureCallback = function addUncaughtExceptionCaptureCallback(fn) {
  require('internal/validators').validateFunction(fn, 'fn');
  captureCallbacks.unshift(fn);
};
proc.hasUncaughtExceptionCaptureCallback = function hasUncaughtExceptionCaptureCallback() {
  return captureCallback !== null;
};

function unhandledRejectionError(reason) {
  return require('internal/uncaught').rejectionError(reason);
}

function warnRejection(reason) {
  const error = new Error(`${reason && reason.stack ? reason.stack : reason}`);
  proc.emitWarning('Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch ' +
    'block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on unhandled promise ' +
    'rejection, use the CLI flag `--unhandled-rejections=strict` (see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode).',
  'UnhandledPromiseRejectionWarning');
  return error;
}

let reportUncaught; // of process.report, once somebody has asked for that

function fatalException(error, origin) {
  proc.emit('uncaughtExceptionMonitor', error, origin);
  if (captureCallback !== null) {
    captureCallback(error);
    return true;
  }
  for (const f of [...captureCallbacks]) if (f(error) === true) return true;
  if (proc.emit('uncaughtException', error, origin)) return true;
  reportUncaught?.(error);
  return false;
}

function onUncaught(error, promise, isRejection) {
  if (binding.scopeReports !== undefined && binding.scopeReports.report(error, promise, isRejection)) return true; // a Web worker's scope
  if (!isRejection) return fatalException(error, 'uncaughtException');
  switch (facts.unhandledRejections) {
    case 'none':
      proc.emit('unhandledRejection', error, promise);
      return true;
    case 'warn':
      proc.emit('unhandledRejection', error, promise);
      warnRejection(error);
      return true;
    case 'warn-with-error-codes':
      if (!proc.emit('unhandledRejection', error, promise)) {
        warnRejection(error);
        exitCode = 1;
      }
      return true;
    case 'strict':
      if (fatalException(unhandledRejectionError(error), 'unhandledRejection')) {
        proc.emit('unhandledRejection', error, promise);
        return true;
      }
      return false;
    default:
      if (proc.emit('unhandledRejection', error, promise)) return true;
      return fatalException(unhandledRejectionError(error), 'unhandledRejection');
  }
}
setCallback(2, onUncaught);
setCallback(3, (promise) => {
  binding.scopeReports?.reportHandled(promise);
  proc.emit('rejectionHandled', promise);
});
proc._fatalException = (error) => onUncaught(error, undefined, false);

// ---- Warnings ----

// What emitWarning does a tick later.
function deliverWarning(warning) {
  require('internal/warning').printWarning(warning);
  proc.emit('warning', warning);
}

proc.emitWarning = function emitWarning(warning, type, code, ctor) {
  const { codes } = require('internal/errors');
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined && typeof type !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('type', ['Object', 'Function', 'string'], type);
  if (typeof code === 'function') {
    ctor = code;
    code = undefined;
  } else if (code !== undefined && typeof code !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('code', ['Function', 'string'], code);
  }
  if (typeof warning === 'string') {
    const message = warning;
    warning = new Error(message);
    Object.defineProperty(warning, 'name', { value: String(type || 'Warning'), configurable: true, writable: true, enumerable: false });
    if (code !== undefined && code !== '') warning.code = code;
    if (detail !== undefined) warning.detail = detail;
    Error.captureStackTrace(warning, ctor || proc.emitWarning);
  } else if (!(warning instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (proc.noDeprecation) return;
    if (proc.throwDeprecation) {
      proc.nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  proc.nextTick(deliverWarning, warning);
};

// ---- Time ----

proc.hrtime = function hrtime(previous) {
  const time = binding.hrtime();
  if (previous === undefined) return time;
  const { validateArray } = require('internal/validators');
  validateArray(previous, 'time');
  if (previous.length !== 2) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_OUT_OF_RANGE('time', 2, previous.length);
  }
  let seconds = time[0] - previous[0];
  let nanoseconds = time[1] - previous[1];
  if (nanoseconds < 0) {
    seconds--;
    nanoseconds += 1e9;
  }
  return [seconds, nanoseconds];
};
proc.hrtime.bigint = function bigint() {
  return binding.hrtimeBigInt();
};
proc.uptime = function uptime() {
  return binding.uptime();
};
proc.nextTick = function nextTick(callback, ...args) {
  binding.nextTick(callback, ...args);
};

// ---- Facts that change ----

let cachedCwd;
proc.cwd = function cwd() {
  if (!facts.isMain) return binding.cwd(); // the main thread may change it
  return (cachedCwd ??= binding.cwd());
};
proc.chdir = function chdir(directory) {
  require('internal/validators').validateString(directory, 'directory');
  binding.chdir(directory);
  cachedCwd = undefined;
};
proc.umask = function umask(mask) {
  const fs = internalBinding('fs');
  if (mask === undefined) return fs.umask();
  return fs.umask(require('internal/validators').parseFileMode(mask, 'mask'));
};
proc.memoryUsage = function memoryUsage() {
  const m = binding.memoryUsage();
  return { rss: m[0], heapTotal: m[1], heapUsed: m[2], external: m[3], arrayBuffers: m[4] };
};
proc.memoryUsage.rss = function rss() {
  return binding.rss();
};
proc.constrainedMemory = () => 0;
proc.availableMemory = () => require('os').freemem();
proc.cpuUsage = function cpuUsage(previous) {
  const r = binding.resourceUsage();
  if (previous) return { user: r[0] - previous.user, system: r[1] - previous.system };
  return { user: r[0], system: r[1] };
};
proc.threadCpuUsage = function threadCpuUsage(previous) {
  const { validateObject, validateNumber } = require('internal/validators');
  if (previous) {
    validateObject(previous, 'prevValue');
    validateNumber(previous.user, 'prevValue.user', 0, Number.MAX_SAFE_INTEGER);
    validateNumber(previous.system, 'prevValue.system', 0, Number.MAX_SAFE_INTEGER);
  }
  const now = internalBinding('profiles').threadCpu();
  return previous ? { user: now.user - previous.user, system: now.system - previous.system } : now;
};
proc.resourceUsage = function resourceUsage() {
  const names = ['userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize', 'minorPageFault',
    'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount', 'voluntaryContextSwitches',
    'involuntaryContextSwitches'];
  const r = binding.resourceUsage();
  const out = {};
  names.forEach((name, i) => (out[name] = r[i]));
  return out;
};
proc.getActiveResourcesInfo = function getActiveResourcesInfo() {
  return binding.activeResources();
};
proc._getActiveHandles = () => [];
proc._getActiveRequests = () => [];
for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) {
  proc[name] = { [name]: () => internalBinding('os')[name]() }[name];
}
for (const name of ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'getgroups', 'execve']) {
  proc[name] = { [name]: (...args) => require('internal/credentials')[name](...args) }[name];
}

proc.ref = function ref(maybeRefable) {
  const f = maybeRefable?.[Symbol.for('nodejs.ref')] ?? maybeRefable?.ref;
  if (typeof f === 'function') f.call(maybeRefable);
};
proc.unref = function unref(maybeRefable) {
  const f = maybeRefable?.[Symbol.for('nodejs.unref')] ?? maybeRefable?.unref;
  if (typeof f === 'function') f.call(maybeRefable);
};

function lazyProperty(name, enumerable, make) {
  Object.defineProperty(proc, name, {
    configurable: true,
    enumerable,
    get() {
      const value = make();
      Object.defineProperty(proc, name, { value, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(proc, name, { value, writable: true });
    },
  });
}
lazyProperty('report', true, () => {
  const { report, uncaught } = require('internal/process_report');
  reportUncaught = uncaught;
  return report;
});
lazyProperty('finalization', true, () => require('internal/finalization'));
lazyProperty('allowedNodeEnvironmentFlags', true, () => require('internal/environment_flags').allowedNodeEnvironmentFlags);

// To stderr at once, whatever has become of process.stderr.
proc._rawDebug = function _rawDebug(...args) {
  binding.write(2, `${require('internal/util/format').format(...args)}\n`);
};
proc._kill = (pid, signal) => binding.kill(pid, signal);

proc.kill = function kill(pid, signal) {
  const { codes, errnoException } = require('internal/errors');
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid); // eslint-disable-line eqeqeq
  const { signals } = require('os').constants;
  let number = signal;
  if (typeof signal !== 'number') {
    number = signals[signal || 'SIGTERM'];
    if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  }
  const error = binding.kill(pid | 0, number);
  if (error) throw errnoException(error, 'kill');
  return true;
};

proc.assert = function assert(value, message) {
  require('assert').ok(value, message);
};
let sourceMapsEnabled = false; // as it was asked for; stacks are not mapped
proc.setSourceMapsEnabled = function setSourceMapsEnabled(enabled) {
  require('internal/validators').validateBoolean(enabled, 'enabled');
  sourceMapsEnabled = enabled;
};
Object.defineProperty(proc, 'sourceMapsEnabled', { configurable: true, enumerable: true, get: () => sourceMapsEnabled });
proc.getBuiltinModule = function getBuiltinModule(id) {
  return require('internal/modules/cjs').getBuiltin(String(id));
};
proc.emitWarningSync = (warning) => require('internal/warning').printWarning(warning);
proc.loadEnvFile = function loadEnvFile(path = '.env') {
  const text = require('fs').readFileSync(path, 'utf8');
  const values = require('util').parseEnv(text);
  for (const name of Object.keys(values)) if (proc.env[name] === undefined) proc.env[name] = values[name];
};
proc.openStdin = function openStdin() {
  proc.stdin.resume();
  return proc.stdin;
};

// ---- Signals ----

const watches = new Map(); // those that somebody listens to
function signalNumber(name) {
  if (typeof name !== 'string' || !name.startsWith('SIG')) return undefined;
  const { signals } = require('os').constants;
  return Object.hasOwn(signals, name) ? signals[name] : undefined;
}
function watchSignal(name) {
  const number = watches.has(name) ? undefined : signalNumber(name);
  if (number === undefined) return;
  const watch = internalBinding('signals').watch(number, (signal) => proc.emit(name, name, signal));
  if (typeof watch === 'number') throw require('internal/errors').errnoException(watch, 'uv_signal_start');
  watches.set(name, watch);
}
function unwatchSignal(name) {
  if (!watches.has(name) || proc.listenerCount(name) > 0) return;
  internalBinding('signals').unwatch(watches.get(name));
  watches.delete(name);
}
if (facts.isMain) {
  proc.on('newListener', watchSignal);
  proc.on('removeListener', unwatchSignal);
}

// ---- Streams ----

// console writes to a descriptor itself as long as nobody has touched its stream.
const touched = (binding.touchedStreams = [false, false, false]);

function lazyStream(name, fd) {
  let stream;
  function get() {
    touched[fd] = true;
    return (stream ??= require('internal/stdio')[fd === 0 ? 'makeStdin' : 'makeOutput'](fd));
  }
  function set(v) {
    touched[fd] = true;
    stream = v;
  }
  Object.defineProperty(proc, name, { configurable: true, enumerable: true, get, set });
}
lazyStream('stdout', 1);
lazyStream('stdin', 0);
lazyStream('stderr', 2);

if (!facts.isMain) require('internal/worker/process_methods').limitProcess(proc);

module.exports = proc;
if (facts.isForked) require('internal/child_process/ipc').setupFromEnvironment();
