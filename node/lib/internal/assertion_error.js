// SPDX-License-Identifier: MIT
// AssertionError and its texts: a line diff of the two values.
'use strict';

const titles = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
  notIdentical: 'Values have same structure but are not reference-equal:',
};

const diffed = ['deepStrictEqual', 'strictEqual', 'partialDeepStrictEqual'];

function inspectValue(value) {
  const { inspect } = require('internal/util/inspect');
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true,
    breakLength: Infinity,
  });
}

const LINES_MAX = 3000; // of two texts together that are compared line by line in earnest

const SIGNS = { '0': '=', '1': '+', '-1': '-' };

// Operations of an edit script: ['=', line], ['+', line of actual], ['-', line of expected].
function diffLines(a, b, ignoresCommas) {
  let start = 0, end = 0;
  if (a.length + b.length > LINES_MAX) {
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  }
  const mine = a.slice(start, a.length - end), theirs = b.slice(start, b.length - end);
  const middle = mine.length + theirs.length > LINES_MAX
    ? [...mine.map((line) => ['+', line]), ...theirs.map((line) => ['-', line])]
    : require('internal/util/diff').script(mine, theirs, ignoresCommas).map(([kind, line]) => [SIGNS[kind], line]);
  return [...a.slice(0, start).map((line) => ['=', line]), ...middle, ...a.slice(a.length - end).map((line) => ['=', line])];
}

const KEEP = 5; // equal lines that are shown before a longer run is shortened

function formatDiff(ops) {
  let text = '', skipped = false, equal = 0;
  for (let i = 0; i < ops.length; i++) {
    const [sign, line] = ops[i];
    if (sign === '=') {
      if (equal++ < KEEP) text += `  ${line}\n`;
      continue;
    }
    if (equal === KEEP + 1) text += `  ${ops[i - 1][1]}\n`;
    else if (equal === KEEP + 2) text += `  ${ops[i - 2][1]}\n  ${ops[i - 1][1]}\n`;
    else if (equal > KEEP + 2) {
      text += `...\n  ${ops[i - 1][1]}\n`;
      skipped = true;
    }
    equal = 0;
    text += `${sign} ${line}\n`;
  }
  return { text: text.trimEnd(), skipped };
}

function simpleDiff(actual, expected, operator, message) {
  let title = message ?? titles[operator];
  const isObject = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';
  if (message === undefined && operator === 'strictEqual' && isObject(actual) && isObject(expected)) title = titles.strictEqualObject;
  const a = inspectValue(actual), b = inspectValue(expected);
  const aLines = a.split('\n'), bLines = b.split('\n');
  if (aLines.length === 1 && bLines.length === 1 && aLines[0] !== bLines[0] && !(isObject(actual) && isObject(expected))) {
    const quotes = (typeof actual === 'string' ? 2 : 0) + (typeof expected === 'string' ? 2 : 0);
    const length = a.length + b.length;
    if (length - quotes <= 12 && !(actual === 0 && expected === 0)) return `${title}\n\n${a} !== ${b}\n`;
    let common = 0;
    while (common < a.length && a[common] === b[common]) common++;
    const indicator = quotes === 4 && common >= 3 && length <= 80 ? `\n${' '.repeat(common + 2)}^` : '';
    return `${title}\n+ actual - expected\n\n+ ${a}\n- ${b}${indicator}\n`;
  }
  if (a === b && operator !== 'partialDeepStrictEqual') {
    if (operator === 'strictEqual' || operator === 'deepStrictEqual') {
      const shown = aLines.length > 50 ? [...aLines.slice(0, 46), '...'] : aLines;
      return `${message ?? titles.notIdentical}\n\n${shown.join('\n')}\n`;
    }
  }
  const { text, skipped } = formatDiff(diffLines(aLines, bLines, typeof actual === 'object' && actual !== null));
  return `${title}\n+ actual - expected${skipped ? '\n... Skipped lines' : ''}\n\n${text}\n`;
}

function makeMessage(operator, actual, expected) {
  if (diffed.includes(operator)) return simpleDiff(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    let base = titles[operator];
    const lines = inspectValue(actual).split('\n');
    if (operator === 'notStrictEqual' && ((typeof actual === 'object' && actual !== null) || typeof actual === 'function')) base = titles.notStrictEqualObject;
    if (lines.length > 50) lines.splice(46, lines.length, '...');
    return lines.length === 1 ? `${base}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}` : `${base}\n\n${lines.join('\n')}\n`;
  }
  let left = inspectValue(actual), right = inspectValue(expected);
  const known = titles[operator];
  if (operator === 'notDeepEqual' && left === right) {
    left = `${known}\n\n${left}`;
    return left.length > 1024 ? `${left.slice(0, 1021)}...` : left;
  }
  if (left.length > 512) left = `${left.slice(0, 509)}...`;
  if (right.length > 512) right = `${right.slice(0, 509)}...`;
  if (operator === 'deepEqual') return `${known}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  if (operator === 'notDeepEqual') return `${titles.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  return `${left} ${operator} ${right}`;
}

class AssertionError extends Error {
  constructor(options) {
    require('internal/validators').validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction } = options;
    const { actual, expected } = options;
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    if (message != null) super(diffed.includes(operator) ? simpleDiff(actual, expected, operator, String(message)) : String(message));
    else super(makeMessage(operator, actual, expected));
    Error.stackTraceLimit = limit;
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', { value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (const [i, { message: text, actual: was, expected: wanted, operator: by, stack }] of details.entries()) {
        Object.assign(this, {
          [`message ${i}`]: text, [`actual ${i}`]: was, [`expected ${i}`]: wanted, [`operator ${i}`]: by, [`stack trace ${i}`]: stack,
        });
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    this.diff = options.diff ?? 'simple';
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    this.stack; // formatted now, with the code in the name
    this.name = 'AssertionError';
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
  [Symbol.for('nodejs.util.inspect.custom')](recurseTimes, ctx) {
    const { actual, expected } = this;
    const short = (v) => (typeof v === 'string' && v.split('\n').length > 10 ? `${v.split('\n').slice(0, 10).join('\n')}\n...` : v);
    this.actual = short(actual);
    this.expected = short(expected);
    const text = require('internal/util/inspect').inspect(this, { ...ctx, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

module.exports = { AssertionError };
