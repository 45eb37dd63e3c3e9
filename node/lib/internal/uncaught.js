// SPDX-License-Identifier: MIT
// The text of an exception that nobody caught, as node/report.c prints it below the source line.
'use strict';

const DEPTH = 5;
const ERROR = 3; // answer of kindOf
const HINT = '(Use `weft --trace-uncaught ...` to show where the exception was thrown)';

// Errors show as they are, whatever their own inspection function would like to say.
function inspectUncaught(value, colors) {
  const { inspect } = require('internal/util/inspect');
  if (Error.isError(value)) return inspect(value, { depth: DEPTH, colors, customInspect: false });
  try {
    return inspect(value, { depth: DEPTH, colors });
  } catch {
    return inspect(value, { depth: DEPTH, colors, customInspect: false });
  }
}

function wantsColors() {
  if (internalBinding('process').handleType(2) !== 'TTY') return false;
  return require('internal/util/colors').shouldColorize(require('process').stderr);
}

// A function that completes an error's stack before it is printed.
const kEnhanceStack = Symbol('enhanceStack');
function enhanceStack(error) {
  try {
    if (typeof error[kEnhanceStack] === 'function') error.stack = error[kEnhanceStack]();
  } catch {
    // It stays as it is.
  }
}

function uncaughtText(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return `${typeof value === 'symbol' ? '' : String(value)}\n${HINT}`;
  }
  enhanceStack(value);
  const text = inspectUncaught(value, wantsColors());
  // inspect puts an error without frames in brackets. A syntax error begins with its place instead.
  const { stack } = internalBinding('util').kindOf(value) === ERROR ? value : {};
  if (typeof stack === 'string' && /^.+:\d+\n/.test(stack) && text.startsWith(`[${stack}]`)) {
    return stack + text.slice(stack.length + 2);
  }
  return text;
}

class UnhandledPromiseRejection extends Error {
  code = 'ERR_UNHANDLED_REJECTION';
  constructor(reason) {
    super('This error originated either by throwing inside of an async function without a catch block, ' +
      `or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${reason}".`);
  }
}
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name',
  { value: 'UnhandledPromiseRejection', enumerable: false, writable: true, configurable: true });

// What is thrown for a promise that was rejected with `reason`.
function rejectionError(reason) {
  if (Error.isError(reason) || (reason !== null && typeof reason === 'object' && 'stack' in reason)) return reason;
  return new UnhandledPromiseRejection(internalBinding('util').describe(reason));
}

module.exports = { uncaughtText, rejectionError, kEnhanceStack };
