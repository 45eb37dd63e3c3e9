// SPDX-License-Identifier: MIT
// The text of an exception that nobody caught, as node/report.c prints it below the source line.
'use strict';

const DEPTH = 5;
const ERROR = 3; // answer of kindOf
const HINT = '(Use `weft --trace-uncaught ...` to show where the exception was thrown)';

function inspectSafely(value, colors) {
  const { inspect } = require('internal/util/inspect');
  try {
    return inspect(value, { depth: DEPTH, colors });
  } catch {
    // A custom inspection function that throws has no say.
    return inspect(value, { depth: DEPTH, colors, customInspect: false });
  }
}

function wantsColors() {
  if (internalBinding('process').handleType(2) !== 'TTY') return false;
  return require('internal/util/colors').shouldColorize(require('process').stderr);
}

function uncaughtText(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return `${typeof value === 'symbol' ? '' : String(value)}\n${HINT}`;
  }
  const text = inspectSafely(value, wantsColors());
  // inspect puts an error without frames in brackets. A syntax error begins with its place instead.
  const { stack } = internalBinding('util').kindOf(value) === ERROR ? value : {};
  if (typeof stack === 'string' && /^.+:\d+\n.*\n\s*\^+\n/.test(stack) && text.startsWith(`[${stack}]`)) {
    return stack + text.slice(stack.length + 2);
  }
  return text;
}

module.exports = { uncaughtText };
