// SPDX-License-Identifier: MIT
// util.diff: a shortest edit script after Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
'use strict';

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

const DELETED = 1, EQUAL = 0, ADDED = -1;

const isSame = (a, b) => a === b;
// Lines of two inspected values: what follows an element is not its own.
const isSameButForComma = (a, b) => a === b || `${a},` === b || a === `${b},`;

// How far each diagonal (actual - expected) is reached with d edits, for all d up to the end.
function search(actual, expected, same) {
  const n = actual.length, m = expected.length, zero = n + m + 1;
  const reached = new Int32Array(2 * zero + 1), history = [];
  for (let d = 0; d <= n + m; d++) {
    history.push(reached.slice(zero - d - 1, zero + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && reached[zero + k - 1] < reached[zero + k + 1]);
      let x = isDown ? reached[zero + k + 1] : reached[zero + k - 1] + 1;
      while (x < n && x - k < m && same(actual[x], expected[x - k])) x++;
      reached[zero + k] = x;
      if (x >= n && x - k >= m) return history;
    }
  }
  return history;
}

// ignoresCommas: equal lines are then shown with the comma that one of them has.
function script(actual, expected, ignoresCommas = false) {
  const same = ignoresCommas ? isSameButForComma : isSame;
  const history = search(actual, expected, same), edits = [];
  let x = actual.length, y = expected.length;
  for (let d = history.length - 1; d >= 0; d--) {
    const before = history[d], at = (k) => before[k + d + 1], k = x - y;
    const isDown = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = isDown ? k + 1 : k - 1, fromX = d === 0 ? 0 : at(fromK), fromY = fromX - fromK;
    while (x > fromX && y > (d === 0 ? 0 : fromY) && same(actual[x - 1], expected[y - 1])) {
      x--;
      y--;
      edits.push([EQUAL, ignoresCommas && !actual[x].endsWith(',') ? expected[y] : actual[x]]);
    }
    if (d === 0) break;
    if (isDown) edits.push([ADDED, expected[--y]]);
    else edits.push([DELETED, actual[--x]]);
  }
  return edits.reverse();
}

function validate(value, name) {
  if (!Array.isArray(value)) validateString(value, name);
  else value.forEach((item, i) => validateString(item, `${name}[${i}]`));
}

function diff(actual, expected) {
  if (actual === expected) return [];
  validate(actual, 'actual');
  validate(expected, 'expected');
  return script(actual, expected);
}

function convertProcessSignalToExitCode(signalCode) {
  const { signals } = require('os').constants;
  if (typeof signalCode !== 'string' || !Object.hasOwn(signals, signalCode)) {
    const names = Object.keys(signals).map((name) => `'${name}'`).join(', ');
    throw new codes.ERR_INVALID_ARG_VALUE('signalCode', signalCode, `must be one of: ${names}`);
  }
  return 128 + signals[signalCode];
}

module.exports = { script, diff, convertProcessSignalToExitCode };
