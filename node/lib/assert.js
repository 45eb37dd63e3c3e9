// SPDX-License-Identifier: MIT
// Assertions.
'use strict';

const { AssertionError } = require('internal/assertion_error');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');

function comparisons() {
  return require('internal/util/comparisons');
}

const kOptions = Symbol('options'); // of instances of Assert

// self: what the assertion is a method of
function fail(options, stackStartFn, self) {
  const { message } = options;
  if (message instanceof Error) throw message;
  throw new AssertionError({ ...options, stackStartFn, diff: self?.[kOptions]?.diff });
}

// The source text of the call, for "The expression evaluated to a falsy value".
function expressionText(stackStartFn) {
  const holder = {};
  const limit = Error.stackTraceLimit;
  const { prepareStackTrace } = Error;
  let site;
  Error.stackTraceLimit = 1;
  Error.prepareStackTrace = (error, sites) => sites[0];
  Error.captureStackTrace(holder, stackStartFn);
  site = holder.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = limit;
  let file = site && typeof site === 'object' && site.getFileName();
  if (!file) return undefined;
  if (file.startsWith('file://')) file = require('internal/url').fileURLToPath(file);
  const text = internalBinding('fs').readText(file);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const line = site.getLineNumber() - 1;
  if (line >= lines.length) return undefined;
  return callAt(lines.slice(line, line + 20).join('\n'), site.getColumnNumber() - 1);
}

// From the callee's start to the bracket that closes the call.
function callAt(source, column) {
  let start = column;
  while (start > 0 && /[\w$.]/.test(source[start - 1])) start--;
  let depth = 0, quote = '';
  for (let i = source.indexOf('(', column); i >= 0 && i < source.length; i++) {
    const c = source[i];
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'" || c === '`') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if ((c === ')' || c === ']' || c === '}') && --depth === 0) return source.slice(start, i + 1);
  }
  return undefined;
}

function innerOk(f, count, value, message) {
  if (value) return;
  let generated = false;
  if (count === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message == null) {
    generated = true;
    const text = expressionText(f);
    message = text === undefined ? `The expression evaluated to a falsy value:\n\n  assert.ok(${inspect(value)})\n`
      : `The expression evaluated to a falsy value:\n\n  ${text.replaceAll('\n', '\n  ')}\n`;
  } else if (message instanceof Error) {
    throw message;
  }
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: f });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) {
  innerOk(assert, args.length, ...args);
}

assert.ok = function ok(...args) {
  innerOk(ok, args.length, ...args);
};

assert.fail = function fail(message) {
  if (message instanceof Error) throw message;
  let generated = false;
  if (message === undefined) {
    message = 'Failed';
    generated = true;
  }
  const error = new AssertionError({ message, operator: 'fail', stackStartFn: fail });
  error.generatedMessage = generated;
  throw error;
};

assert.AssertionError = AssertionError;

function needTwo(count) {
  if (count < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

assert.equal = function equal(actual, expected, message) {
  needTwo(arguments.length);
  if (actual != expected && (actual === actual || expected === expected)) fail({ actual, expected, message, operator: '==' }, equal, this); // eslint-disable-line
};
assert.notEqual = function notEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (actual == expected || (actual !== actual && expected !== expected)) fail({ actual, expected, message, operator: '!=' }, notEqual, this); // eslint-disable-line
};
assert.deepEqual = function deepEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!comparisons().isDeepEqual(actual, expected)) fail({ actual, expected, message, operator: 'deepEqual' }, deepEqual, this);
};
assert.notDeepEqual = function notDeepEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (comparisons().isDeepEqual(actual, expected)) fail({ actual, expected, message, operator: 'notDeepEqual' }, notDeepEqual, this);
};
assert.deepStrictEqual = function deepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) fail({ actual, expected, message, operator: 'deepStrictEqual' }, deepStrictEqual, this);
};
assert.notDeepStrictEqual = function notDeepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) fail({ actual, expected, message, operator: 'notDeepStrictEqual' }, notDeepStrictEqual, this);
};
assert.strictEqual = function strictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!Object.is(actual, expected)) fail({ actual, expected, message, operator: 'strictEqual' }, strictEqual, this);
};
assert.notStrictEqual = function notStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (Object.is(actual, expected)) fail({ actual, expected, message, operator: 'notStrictEqual' }, notStrictEqual, this);
};

function isPartial(actual, expected, seen = new Map()) {
  const { isDeepStrictEqual } = comparisons();
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return isDeepStrictEqual(actual, expected);
  if (seen.get(expected) === actual) return true;
  seen.set(expected, actual);
  if (Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
  if (expected instanceof Set) {
    return expected.size <= actual.size && [...expected].every((e) => actual.has(e) || [...actual].some((a) => isPartial(a, e, seen)));
  }
  if (expected instanceof Map) return [...expected].every(([k, v]) => actual.has(k) && isPartial(actual.get(k), v, seen));
  if (Array.isArray(expected)) {
    let from = 0;
    return expected.every((e) => {
      while (from < actual.length) if (isPartial(actual[from++], e, seen)) return true;
      return false;
    });
  }
  if (expected instanceof Date || expected instanceof RegExp || ArrayBuffer.isView(expected)) return isDeepStrictEqual(actual, expected);
  if (expected instanceof Error && (expected.message !== actual.message || expected.name !== actual.name)) return false;
  return Reflect.ownKeys(expected).every((key) => Object.hasOwn(actual, key) && isPartial(actual[key], expected[key], seen));
}
assert.partialDeepStrictEqual = function partialDeepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!isPartial(actual, expected)) fail({ actual, expected, message, operator: 'partialDeepStrictEqual' }, partialDeepStrictEqual, this);
};

// ---- Errors ----

class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      if (actual !== undefined && typeof actual[key] === 'string' && object[key] instanceof RegExp && object[key].exec(actual[key]) !== null) {
        this[key] = actual[key];
      } else {
        this[key] = object[key];
      }
    }
  }
}

function compareKey(actual, expected, key, message, keys, f) {
  if (key in actual && comparisons().isDeepStrictEqual(actual[key], expected[key])) return;
  if (message) fail({ actual, expected, message, operator: f.name }, f);
  const a = new Comparison(actual, keys), b = new Comparison(expected, keys, actual);
  const error = new AssertionError({ actual: a, expected: b, operator: 'deepStrictEqual', stackStartFn: f });
  error.actual = actual;
  error.expected = expected;
  error.operator = f.name;
  throw error;
}

function checkExpected(actual, expected, message, f) {
  if (typeof expected !== 'function') {
    if (expected instanceof RegExp) {
      const text = String(actual);
      if (expected.exec(text) !== null) return;
      if (!message) {
        const error = new AssertionError({
          actual, expected, operator: f.name, stackStartFn: f,
          message: `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`,
        });
        error.generatedMessage = true;
        throw error;
      }
      fail({ actual, expected, message, operator: f.name }, f);
    }
    if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: f });
      error.operator = f.name;
      throw error;
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
    for (const key of keys) {
      if (typeof actual[key] === 'string' && expected[key] instanceof RegExp && expected[key].exec(actual[key]) !== null) continue;
      compareKey(actual, expected, key, message, keys, f);
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  let generated = false;
  if (Error === expected || Object.prototype.isPrototypeOf.call(Error, expected)) {
    if (!message) {
      generated = true;
      message = `The error is expected to be an instance of "${expected.name}". Received `;
      if (actual instanceof Error) message += `"${actual.name}"`;
      else message += `"${inspect(actual, { depth: -1 })}"`;
    }
    if (generated && actual instanceof Error) message += `\n\nError message:\n\n${actual.message}`;
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result === true) return;
    if (!message) {
      generated = true;
      const name = expected.name ? `"${expected.name}" ` : '';
      message = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
      if (actual instanceof Error) message += `\n\nCaught error:\n\n${actual}`;
    }
  }
  const error = new AssertionError({ actual, expected, message, operator: f.name, stackStartFn: f });
  error.generatedMessage = generated;
  throw error;
}

const none = Symbol('none');

function thrownBy(f) {
  require('internal/validators').validateFunction(f, 'fn');
  try {
    f();
  } catch (error) {
    return error;
  }
  return none;
}

async function rejectionOf(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (isThenable(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return none;
}
function isThenable(value) {
  return value instanceof Promise || (value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function');
}

function expectsError(f, actual, error, message) {
  if (typeof error === 'string') {
    if (arguments.length === 4 && message !== undefined) throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error message "${actual.message}" is identical to the message.`);
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === none) {
    let details = '';
    if (error && error.name) details += ` (${error.name})`;
    details += message ? `: ${message}` : '.';
    const type = f === assert.rejects ? 'rejection' : 'exception';
    fail({ actual: undefined, expected: error, operator: f.name, message: `Missing expected ${type}${details}` }, f);
  }
  if (error) checkExpected(actual, error, message, f);
}

function expectsNoError(f, actual, error, message) {
  if (actual === none) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  const matches = error === undefined || (error instanceof RegExp ? error.test(String(actual)) : typeof error === 'function' &&
    ((error.prototype !== undefined && actual instanceof error) || (!Object.prototype.isPrototypeOf.call(Error, error) && Reflect.apply(error, {}, [actual]) === true)));
  if (!error || matches) {
    const details = message ? `: ${message}` : '.';
    const type = f === assert.doesNotReject ? 'rejection' : 'exception';
    fail({ actual, expected: error, operator: f.name, message: `Got unwanted ${type}${details}\nActual message: "${actual && actual.message}"` }, f);
  }
  throw actual;
}

assert.throws = function throws(f, ...args) {
  expectsError(throws, thrownBy(f), ...args);
};
assert.rejects = async function rejects(promiseFn, ...args) {
  expectsError(rejects, await rejectionOf(promiseFn), ...args);
};
assert.doesNotThrow = function doesNotThrow(f, ...args) {
  expectsNoError(doesNotThrow, thrownBy(f), ...args);
};
assert.doesNotReject = async function doesNotReject(f, ...args) {
  expectsNoError(doesNotReject, await rejectionOf(f), ...args);
};

assert.ifError = function ifError(err) {
  if (err === null || err === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof err === 'object' && typeof err.message === 'string') {
    message += err.message.length === 0 && err.constructor ? err.constructor.name : err.message;
  } else {
    message += inspect(err);
  }
  const error = new AssertionError({ actual: err, expected: null, operator: 'ifError', message, stackStartFn: ifError });
  const original = err.stack;
  if (typeof original === 'string') {
    const frames = original.indexOf('\n    at ');
    if (frames !== -1) error.stack = `${error.stack}\n${original.slice(frames + 1)}`;
  }
  throw error;
};

function matching(string, regexp, message, f) {
  if (!(regexp instanceof RegExp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  const positive = f === assert.match;
  if (typeof string === 'string' && (regexp.exec(string) !== null) === positive) return;
  if (message instanceof Error) throw message;
  const generated = !message;
  message ||= typeof string !== 'string'
    ? `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`
    : `${positive ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression '}` +
      `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  const error = new AssertionError({ actual: string, expected: regexp, message, operator: f.name, stackStartFn: f });
  error.generatedMessage = generated;
  throw error;
}
assert.match = function match(string, regexp, message) {
  matching(string, regexp, message, match);
};
assert.doesNotMatch = function doesNotMatch(string, regexp, message) {
  matching(string, regexp, message, doesNotMatch);
};

// ---- Assert: the same with options ----

const methods = ['fail', 'ok', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual', 'strictEqual',
  'notStrictEqual', 'partialDeepStrictEqual', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject', 'ifError', 'match', 'doesNotMatch'];
const strictForms = { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual };

function Assert(options) {
  if (!new.target) {
    const error = new TypeError('Class constructor Assert cannot be invoked without `new`');
    error.code = 'ERR_CONSTRUCT_CALL_REQUIRED';
    throw error;
  }
  const all = { strict: true, skipPrototype: false, ...options };
  if (all.diff !== undefined) require('internal/validators').validateOneOf(all.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, { value: all });
  if (all.strict) Object.assign(this, strictForms);
}
for (const name of methods) Assert.prototype[name] = assert[name];
assert.Assert = Assert;

function strict(...args) {
  innerOk(strict, args.length, ...args);
}
assert.strict = Object.assign(strict, assert, strictForms);
assert.strict.strict = assert.strict;

module.exports = assert;
