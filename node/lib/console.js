// SPDX-License-Identifier: MIT
// console: the global object and the class Console. Printing a string or a number loads nothing but this file: the text goes
// straight to the descriptor until somebody has touched process.stdout or process.stderr.
'use strict';

const binding = internalBinding('process');
const { write, handleType, hrtime } = binding;

// Loaded as late as possible: a program that only prints needs no process object.
const lazyProcess = () => require('process');
let env;
const environment = () => (env ??= binding.makeEnv());

const OUT = 1, ERR = 2, INDENT_MAX = 1000;
const EPIPE = -32; // as uv_fs_write says it

const kState = Symbol('kState');

// What belongs to one console. streams: [, stdout, stderr], undefined for the global one, whose streams are process's.
function makeState(streams, ignoreErrors, colorMode, inspectOptions, groupIndentation) {
  return {
    streams, ignoreErrors, colorMode, inspectOptions, groupIndentation,
    indent: '', counts: undefined, times: undefined, isTerminal: [],
  };
}

// The global console's stream, or undefined while nobody has asked for it: then its descriptor is as good.
function touchedStream(fd) {
  return binding.touchedStreams?.[fd] ? processStream(fd) : undefined;
}

function processStream(fd) {
  return fd === OUT ? lazyProcess().stdout : lazyProcess().stderr;
}

const ignore = () => {};

function writeToStream(stream, text, ignoreErrors) {
  if (!ignoreErrors) {
    stream.write(text);
    return;
  }
  // A console does not fail because its terminal went away.
  const guarded = typeof stream.listenerCount === 'function' && stream.listenerCount('error') === 0;
  if (guarded) stream.once('error', ignore);
  try {
    stream.write(text, ignore);
  } catch (error) {
    if (error instanceof RangeError) throw error; // the stack overflowed
  } finally {
    if (guarded) stream.removeListener('error', ignore);
  }
}

// Nobody reads any more. What a program prints in that turn of the loop is lost without a word; when it goes on in a later one it is told by
// the 'error' of the stream.
const isLost = [];
function onLostReader(state, fd, text) {
  if (isLost[fd] === true) {
    writeToStream(processStream(fd), text, state.ignoreErrors);
  } else if (isLost[fd] === undefined) {
    isLost[fd] = false;
    require('timers').setImmediate(() => { isLost[fd] = true; });
  }
}

function print(state, fd, text) {
  if (state.indent !== '') {
    if (text.includes('\n')) text = text.replaceAll('\n', `\n${state.indent}`);
    text = state.indent + text;
  }
  text += '\n';
  const stream = state.streams === undefined ? touchedStream(fd) : state.streams[fd];
  if (stream !== undefined) writeToStream(stream, text, state.ignoreErrors);
  else if (write(fd, text) === EPIPE) onLostReader(state, fd, text);
}

function wantsColors(state, fd) {
  if (state.colorMode !== 'auto') return state.colorMode;
  const stream = state.streams?.[fd];
  if (stream === undefined && environment().FORCE_COLOR === undefined) {
    state.isTerminal[fd] ??= handleType(fd) === 'TTY';
    if (!state.isTerminal[fd]) return false;
  }
  return require('internal/util/colors').shouldColorize(stream ?? processStream(fd));
}

const withColors = { colors: true };

// undefined: the defaults
function inspectOptionsOf(state, fd) {
  const options = state.inspectOptions?.(state.streams?.[fd]);
  if (options !== undefined && (options.colors !== undefined || state.colorMode !== 'auto')) return options;
  if (!wantsColors(state, fd)) return options;
  return options === undefined ? withColors : { ...options, ...withColors };
}

function text(state, fd, args) {
  const { length } = args, first = args[0];
  if (length === 0) return '';
  if (length === 1 && typeof first === 'string') return first;
  for (let i = 0; i < length; i++) {
    if (typeof args[i] !== 'string') return require('internal/util/format').formatArgs(inspectOptionsOf(state, fd), args);
  }
  if (first.includes('%')) return require('internal/util/format').formatArgs(undefined, args);
  return args.join(' ');
}

const stateOf = (console) => console[kState] ?? globalState;

function startTimer(state, label) {
  state.times ??= new Map();
  if (state.times.has(label)) lazyProcess().emitWarning(`Label '${label}' already exists for console.time()`);
  else state.times.set(label, hrtime());
}

function elapsed(state, label, method) {
  const start = state.times?.get(label);
  if (start === undefined) {
    lazyProcess().emitWarning(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const now = hrtime();
  return require('internal/console/extras').timeText((now[0] - start[0]) * 1000 + (now[1] - start[1]) / 1e6);
}

const methods = {
  log(...args) {
    const state = stateOf(this);
    print(state, OUT, text(state, OUT, args));
  },

  warn(...args) {
    const state = stateOf(this);
    print(state, ERR, text(state, ERR, args));
  },

  dir(object, options) {
    const state = stateOf(this);
    const { inspect } = require('internal/util/inspect');
    print(state, OUT, inspect(object, { customInspect: false, ...inspectOptionsOf(state, OUT), ...options }));
  },

  time(label = 'default') {
    startTimer(stateOf(this), `${label}`);
  },

  timeEnd(label = 'default') {
    const state = stateOf(this);
    label = `${label}`;
    const spent = elapsed(state, label, 'timeEnd');
    if (spent === undefined) return;
    state.times.delete(label);
    print(state, OUT, `${label}: ${spent}`);
  },

  timeLog(label = 'default', ...data) {
    const state = stateOf(this);
    label = `${label}`;
    const spent = elapsed(state, label, 'timeLog');
    if (spent !== undefined) this.log('%s: %s', label, spent, ...data);
  },

  trace: function trace(...args) {
    const error = { name: 'Trace', message: text(stateOf(this), ERR, args) };
    Error.captureStackTrace(error, trace);
    this.error(error.stack);
  },

  // Defined by the standard as if it were an assertion, but it only prints.
  assert(value, ...args) {
    if (value) return;
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  },

  clear() {
    const stream = stateOf(this).streams?.[OUT];
    if (stream === undefined ? handleType(OUT) !== 'TTY' : !stream.isTTY) return;
    if (environment().TERM !== 'dumb') print({ streams: undefined, ...stateOf(this), indent: '' }, OUT, '\u001b[1;1H\u001b[0J');
  },

  count(label = 'default') {
    const state = stateOf(this);
    label = `${label}`;
    state.counts ??= new Map();
    const count = (state.counts.get(label) ?? 0) + 1;
    state.counts.set(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    const { counts } = stateOf(this);
    if (counts?.has(`${label}`)) counts.delete(`${label}`);
    else lazyProcess().emitWarning(`Count for '${label}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    const state = stateOf(this);
    state.indent += ' '.repeat(state.groupIndentation);
  },

  groupEnd() {
    const state = stateOf(this);
    state.indent = state.indent.slice(0, Math.max(0, state.indent.length - state.groupIndentation));
  },

  table(data, properties) {
    if (data === null || typeof data !== 'object') return this.log(data);
    const state = stateOf(this);
    return this.log(require('internal/console/extras').tableText(data, properties, inspectOptionsOf(state, OUT)));
  },
};
for (const [name, original] of [['debug', 'log'], ['info', 'log'], ['dirxml', 'log'], ['error', 'warn'], ['groupCollapsed', 'group']]) {
  methods[name] = methods[original];
}

function Console(options, ...rest) {
  if (new.target === undefined) return Reflect.construct(Console, [options, ...rest]);
  if (!options || typeof options.write === 'function') options = { stdout: options, stderr: rest[0], ignoreErrors: rest[1] };
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } = options;
  const { codes } = require('internal/errors');
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  if (typeof colorMode !== 'boolean' && colorMode !== 'auto') throw new codes.ERR_INVALID_ARG_VALUE('colorMode', colorMode, 'must be one of: \'auto\', true, false');
  if (groupIndentation !== undefined) {
    require('internal/validators').validateInteger(groupIndentation, 'groupIndentation', 0, INDENT_MAX);
  }
  let optionsOf;
  if (inspectOptions !== undefined) {
    require('internal/validators').validateObject(inspectOptions, 'options.inspectOptions');
    const perStream = inspectOptions instanceof Map;
    if (!perStream && inspectOptions.colors !== undefined && options.colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
    optionsOf = perStream ? (stream) => inspectOptions.get(stream) : () => inspectOptions;
  }
  const state = makeState([undefined, stdout, stderr], ignoreErrors, colorMode, optionsOf, groupIndentation ?? 2);
  furnish(this, this, state);
  hidden(this, '_stdout', stdout);
  hidden(this, '_stderr', stderr);
  Object.defineProperty(this, Symbol.toStringTag, { value: 'console', writable: false, enumerable: false, configurable: true });
}

function hidden(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

// Methods work without their object: `promise.then(console.log)`.
function furnish(console, source, state) {
  for (const name of Object.keys(methods)) {
    const bound = source[name].bind(console);
    Object.defineProperty(bound, 'name', { value: name, configurable: true });
    console[name] = bound;
  }
  hidden(console, kState, state);
  hidden(console, '_ignoreErrors', state.ignoreErrors);
}

for (const name of Object.keys(methods)) hidden(Console.prototype, name, methods[name]);
Object.defineProperty(Console, Symbol.hasInstance, {
  value(instance) { return instance != null && typeof instance === 'object' && instance[kState] !== undefined; },
});

const globalState = makeState(undefined, true, 'auto', undefined, 2);
const globalConsole = Object.create({});
furnish(globalConsole, methods, globalState);
Object.defineProperty(globalConsole, Symbol.toStringTag, { value: 'console', writable: false, enumerable: false, configurable: true });
Object.defineProperties(globalConsole, {
  Console: { value: Console, writable: true, enumerable: true, configurable: true },
  _stdout: { get: () => processStream(OUT), enumerable: false, configurable: true },
  _stderr: { get: () => processStream(ERR), enumerable: false, configurable: true },
});
Object.assign(globalConsole, {
  // Kept for programs that were written for an inspector.
  profile() {},
  profileEnd() {},
  timeStamp() {},
  context() { return globalConsole; },
  createTask: (name) => ({ run: (f) => f() }),
});

module.exports = globalConsole;
