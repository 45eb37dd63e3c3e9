// SPDX-License-Identifier: MIT
// The assertions of the JavaScript tests: const assert = require('../lib/assert.js').
// It uses as little of the language as it can, so that it still works when the engine is half broken.
'use strict';

function show(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return String(value) + 'n';
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return 'function ' + (value.name || '(anonymous)');
  if (value === 0 && 1 / value < 0) return '-0';
  if (value === null || typeof value !== 'object') return String(value);
  try {
    if (value instanceof Error) return value.name + ': ' + value.message;
    if (Array.isArray(value)) return '[' + Array.prototype.map.call(value, show).join(', ') + ']';
    return JSON.stringify(value) || Object.prototype.toString.call(value);
  } catch (e) {
    return Object.prototype.toString.call(value);
  }
}

class AssertionError extends Error {
  constructor(message) {
    super(message);
    this.name = 'AssertionError';
  }
}

function fail(detail, message) {
  throw new AssertionError(message === undefined ? detail : message + ': ' + detail);
}

function assert(value, message) {
  if (!value) fail('expected a true value, got ' + show(value), message);
}

function sameValue(a, b) {
  if (a === b) return a !== 0 || 1 / a === 1 / b;
  return a !== a && b !== b;
}

function equal(actual, expected, message) {
  if (!sameValue(actual, expected)) fail('expected ' + show(expected) + ', got ' + show(actual), message);
}

function notEqual(actual, expected, message) {
  if (sameValue(actual, expected)) fail('expected something other than ' + show(expected), message);
}

// Same prototype, same own enumerable keys (symbols too), same contents; pairs in progress make cycles end.
function same(a, b, pairs) {
  if (sameValue(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  for (let i = 0; i < pairs.length; i++) {
    if (pairs[i][0] === a && pairs[i][1] === b) return true;
  }
  pairs = pairs.concat([[a, b]]);
  if (Array.isArray(a) && a.length !== b.length) return false;
  if (a instanceof Error && (a.name !== b.name || a.message !== b.message)) return false;
  if (a instanceof RegExp && (String(a) !== String(b) || a.lastIndex !== b.lastIndex)) return false;
  if (a instanceof Date && !sameValue(a.getTime(), b.getTime())) return false;
  if (a instanceof Number || a instanceof String || a instanceof Boolean) {
    if (!sameValue(a.valueOf(), b.valueOf())) return false;
  }
  if (a instanceof Map || a instanceof Set) {
    if (!same(Array.from(a), Array.from(b), pairs)) return false;
  }
  if (a instanceof ArrayBuffer) {
    if (!same(Array.from(new Uint8Array(a)), Array.from(new Uint8Array(b)), pairs)) return false;
  }
  const keys = enumerableKeys(a), others = enumerableKeys(b);
  if (keys.length !== others.length) return false;
  for (let i = 0; i < keys.length; i++) {
    if (others.indexOf(keys[i]) < 0 || !same(a[keys[i]], b[keys[i]], pairs)) return false;
  }
  return true;
}

function enumerableKeys(object) {
  return Reflect.ownKeys(object).filter(function (key) {
    return Object.prototype.propertyIsEnumerable.call(object, key);
  });
}

function deepEqual(actual, expected, message) {
  if (!same(actual, expected, [])) fail('expected ' + show(expected) + ', got ' + show(actual), message);
}

function notDeepEqual(actual, expected, message) {
  if (same(actual, expected, [])) fail('expected something other than ' + show(expected), message);
}

// expected: nothing, a constructor, a RegExp for the message, a string (the whole message), or properties to compare.
function checkError(error, expected, message) {
  if (expected === undefined) return;
  if (typeof expected === 'function') {
    if (!(error instanceof expected)) fail('expected ' + expected.name + ', got ' + show(error), message);
  } else if (expected instanceof RegExp) {
    if (!expected.test(String(error && error.message))) {
      fail('expected a message like ' + expected + ', got ' + show(error), message);
    }
  } else if (typeof expected === 'string') {
    equal(error && error.message, expected, message);
  } else {
    Object.keys(expected).forEach(function (key) {
      const want = expected[key];
      if (want instanceof RegExp) assert(want.test(String(error[key])), 'error.' + key + ' is ' + show(error[key]));
      else equal(error[key], want, 'error.' + key);
    });
  }
}

function throws(fn, expected, message) {
  let error;
  try {
    fn();
  } catch (e) {
    error = e;
    checkError(error, expected, message);
    return error;
  }
  fail('expected an exception' + (typeof expected === 'function' ? ' (' + expected.name + ')' : ''), message);
}

function doesNotThrow(fn, message) {
  try {
    return fn();
  } catch (e) {
    fail('unexpected exception ' + show(e), message);
  }
}

// Resolves to the reason; rejects when `promise` (or what the function returns) is fulfilled.
function rejects(promise, expected, message) {
  if (typeof promise === 'function') {
    try {
      promise = promise();
    } catch (e) {
      return Promise.reject(e);
    }
  }
  return Promise.resolve(promise).then(function (value) {
    fail('expected a rejection, got ' + show(value), message);
  }, function (error) {
    checkError(error, expected, message);
    return error;
  });
}

// `source` must not compile as a script. (When it does compile, it runs, so let it have no effect.)
function syntaxError(source, expected) {
  let error;
  try {
    (0, eval)(source);
  } catch (e) {
    error = e;
  }
  if (!(error instanceof SyntaxError)) fail('expected a SyntaxError for ' + show(source) + ', got ' + show(error));
  checkError(error, expected, source);
  return error;
}

// A test that waits says how often this must have been called by the time that the process ends.
function mustCall(fn, times) {
  if (times === undefined) times = 1;
  let count = 0;
  process.on('exit', function () {
    if (count !== times) {
      console.error('expected ' + times + ' calls, got ' + count + ' of ' + (fn ? fn.name || fn : 'the callback'));
      process.exitCode = 1;
    }
  });
  return function () {
    count++;
    return fn ? fn.apply(this, arguments) : undefined;
  };
}

function mustNotCall(message) {
  return function () {
    fail('must not be called', message);
  };
}

module.exports = Object.assign(assert, {
  AssertionError, ok: assert, equal, strictEqual: equal, notEqual, notStrictEqual: notEqual, deepEqual,
  deepStrictEqual: deepEqual, notDeepEqual, throws, doesNotThrow, rejects, syntaxError, mustCall, mustNotCall,
  fail: function (message) { fail(message === undefined ? 'failed' : message); },
});
