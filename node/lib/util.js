// SPDX-License-Identifier: MIT
// node:util. Small functions live here; what is large (inspect, parseArgs, deep equality, MIME types) is loaded when it is
// first asked for.
'use strict';

// What only complaints need is loaded for them.
const validators = () => require('internal/validators');
const codes = () => require('internal/errors').codes;
const validateFunction = (value, name) => {
  if (typeof value !== 'function') validators().validateFunction(value, name);
};
const validateString = (value, name) => {
  if (typeof value !== 'string') validators().validateString(value, name);
};

function lazy(object, name, module, property = name) {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = require(module)[property];
      this[name] = value;
      return value;
    },
    set(value) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

const process = () => require('process');

// ---- Classes and functions ----

function inherits(constructor, parent) {
  if (constructor == null) throw new (codes().ERR_INVALID_ARG_TYPE)('ctor', 'Function', constructor);
  if (parent == null) throw new (codes().ERR_INVALID_ARG_TYPE)('superCtor', 'Function', parent);
  if (parent.prototype === undefined) throw new (codes().ERR_INVALID_ARG_TYPE)('superCtor.prototype', 'Object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

function onFalsyRejection(reason, callback) {
  if (!reason) {
    reason = Object.assign(new (codes().ERR_FALSY_VALUE_REJECTION)(), { reason });
    Error.captureStackTrace(reason, onFalsyRejection);
  }
  return callback(reason);
}

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const bound = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process().nextTick(bound, null, value),
      (reason) => process().nextTick(onFalsyRejection, reason, bound));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  // The callback is one argument more.
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

// ---- Deprecations and debug logs ----

const warnedCodes = new Set();

function deprecate(f, message, code, { modifyPrototype = true } = {}) {
  if (process().noDeprecation === true) return f;
  if (code !== undefined) validateString(code, 'code');
  let warned = false;
  function deprecated(...args) {
    if (!warned) {
      warned = true;
      if (code === undefined) {
        process().emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warnedCodes.has(code)) {
        process().emitWarning(message, 'DeprecationWarning', code, deprecated);
        warnedCodes.add(code);
      }
    }
    return new.target ? Reflect.construct(f, args, new.target) : Reflect.apply(f, this, args);
  }
  if (modifyPrototype) {
    Object.setPrototypeOf(deprecated, f);
    if (f.prototype) deprecated.prototype = f.prototype;
  }
  Object.defineProperty(deprecated, 'length', { ...Object.getOwnPropertyDescriptor(f, 'length') });
  return deprecated;
}

let debugPattern;

function isDebugged(section) {
  if (debugPattern === undefined) {
    const names = process().env.NODE_DEBUG;
    debugPattern = names
      ? new RegExp(`^${names.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^')}$`, 'i')
      : null;
  }
  return debugPattern !== null && debugPattern.test(section);
}

function debuglog(section, onLogger) {
  let enabled, print;
  section = section.toUpperCase();
  const isEnabled = () => (enabled ??= isDebugged(section));
  const logger = (...args) => {
    if (!isEnabled()) return;
    if (print === undefined) {
      const { pid } = process();
      print = (...rest) => {
        const colors = process().stderr.isTTY && require('internal/util/colors').shouldColorize(process().stderr);
        process().stderr.write(`${section} ${pid}: ${exports.formatWithOptions({ colors }, ...rest)}\n`);
      };
      onLogger?.(print);
    }
    print(...args);
  };
  Object.defineProperty(logger, 'enabled', { get: isEnabled, configurable: true, enumerable: true });
  return logger;
}

// ---- Text ----

function stripVTControlCharacters(text) {
  validateString(text, 'str');
  return require('internal/util/inspect').stripVTControlCharacters(text);
}

const toUSVString = (value) => String(value).toWellFormed();

function styleText(format, text, { validateStream = true, stream } = {}) {
  validateString(text, 'text');
  const formats = Array.isArray(format) ? format : [format];
  const { colors } = exports.inspect;
  for (const key of formats) {
    if (key !== 'none' && colors[key] == null) validators().validateOneOf(key, 'format', Object.keys(colors));
  }
  if (validateStream) {
    stream ??= process().stdout;
    if (stream === null || typeof stream !== 'object' || typeof stream.write !== 'function') {
      throw new (codes().ERR_INVALID_ARG_TYPE)('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    if (!wantsStyles(stream)) return text;
  }
  let open = '', close = '';
  for (const key of formats) {
    if (key === 'none') continue;
    const { 0: on, 1: off } = colors[key];
    const end = `\u001b[${off}m`;
    open += `\u001b[${on}m`;
    close = end + close;
    text = text.replaceAll(end, `${off === 22 ? '\u001b[22m' : ''}\u001b[${on}m`);
  }
  return `${open}${text}${close}`;
}

function wantsStyles(stream) {
  const { env } = process();
  if (env.FORCE_COLOR === undefined && ((env.NO_COLOR ?? '') !== '' || env.NODE_DISABLE_COLORS !== undefined)) return false;
  return require('internal/util/colors').shouldColorize(stream);
}

// ---- System ----

function getSystemErrorName(error) {
  validators().validateNumber(error, 'err');
  if (error >= 0 || !Number.isSafeInteger(error)) throw new (codes().ERR_OUT_OF_RANGE)('err', 'a negative integer', error);
  return internalBinding('process').errorName(error);
}

function getSystemErrorMessage(error) {
  validators().validateNumber(error, 'err');
  if (error >= 0 || !Number.isSafeInteger(error)) throw new (codes().ERR_OUT_OF_RANGE)('err', 'a negative integer', error);
  return internalBinding('process').errorMessage(error);
}

const getSystemErrorMap = () => require('internal/errors').uvErrorMap();

function getCallSites(count = 10, options) {
  if (typeof count === 'object' && options === undefined) count = 10;
  validators().validateNumber(count, 'frameCount', 1, 200);
  return internalBinding('util').getCallSites(Math.floor(count), getCallSites);
}

async function aborted(signal, resource) {
  if (signal === undefined) throw new (codes().ERR_INVALID_ARG_TYPE)('signal', 'AbortSignal', signal);
  validators().validateAbortSignal(signal, 'signal');
  validators().validateObject(resource, 'resource', { allowFunction: true, allowArray: true });
  if (signal.aborted) return undefined;
  const kept = new WeakRef(resource);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      if (kept.deref() !== undefined) resolve();
    }, { once: true });
  });
}

// A rejection of this promise is nobody's fault.
function markPromiseAsHandled(promise) {
  if (!exports.types.isPromise(promise)) throw new (codes().ERR_INVALID_ARG_TYPE)('promise', 'Promise', promise);
  Promise.prototype.then.call(promise, undefined, () => {});
}

function parseEnv(content) {
  validateString(content, 'content');
  return require('internal/util/parse_env').parseEnv(content);
}

// ---- Questions that have better answers today ----

const isErrorObject = (value) => internalBinding('util').kindOf(value) === 3 || value instanceof Error;

Object.assign(exports, {
  _errnoException: (...args) => require('internal/errors').errnoException(...args),
  _exceptionWithHostPort(error, syscall, address, port, additional) {
    const exception = require('internal/errors').errnoException(error, syscall);
    const place = port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : '';
    exception.message += `${place}${additional ? ` - Local (${additional})` : ''}`;
    Object.assign(exception, { address }, port ? { port } : {});
    return exception;
  },
  _extend,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
  inherits,
  markPromiseAsHandled,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => require('buffer').Buffer.isBuffer(value),
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: (value) => exports.types.isRegExp(value),
  isObject: (value) => value !== null && typeof value === 'object',
  isDate: (value) => exports.types.isDate(value),
  isError: isErrorObject,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  log(...args) {
    const now = new Date(), two = (number) => `${number}`.padStart(2, '0');
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
    console.log('%s - %s', `${now.getDate()} ${months[now.getMonth()]} ${time}`, exports.format(...args));
  },
  parseEnv,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  aborted,
});
for (const [name, module, property] of [
  ['format', 'internal/util/format'], ['formatWithOptions', 'internal/util/format'], ['inspect', 'internal/util/inspect'],
  ['promisify', 'internal/util/promisify'], ['isDeepStrictEqual', 'internal/util/comparisons'],
  ['parseArgs', 'internal/util/parse_args'], ['diff', 'internal/util/diff'], ['convertProcessSignalToExitCode', 'internal/util/diff'], ['MIMEType', 'internal/mime'], ['MIMEParams', 'internal/mime'],
  ['TextEncoder', 'internal/encoding'], ['TextDecoder', 'internal/encoding'],
  ['debounce', 'internal/util/limit_calls'], ['throttle', 'internal/util/limit_calls'],
  ['transferableAbortController', 'internal/abort_controller'], ['transferableAbortSignal', 'internal/abort_controller'],
]) lazy(exports, name, module, property);
Object.defineProperty(exports, 'types', {
  configurable: true,
  enumerable: true,
  get() {
    return require('internal/util/types');
  },
});
