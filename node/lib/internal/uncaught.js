// SPDX-License-Identifier: MIT
// The text of an exception that nobody caught, as node/report.c prints it below the source line.
'use strict';

const DEPTH = 5;
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
  return inspectSafely(value, wantsColors());
}

module.exports = { uncaughtText };
