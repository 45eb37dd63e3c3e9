// SPDX-License-Identifier: MIT
// util.format: what console.log does with its arguments. inspect is loaded when an argument needs it, so that printing
// strings and numbers stays cheap.
'use strict';

const binding = internalBinding('util');

let inspector;
const inspectModule = () => (inspector ??= require('internal/util/inspect'));

const PERCENT = 37;

function numberText(number, options) {
  if (options?.numericSeparator) return inspectModule().formatNumber(inspectModule().plain, number, true);
  return Object.is(number, -0) ? '-0' : `${number}`;
}

function bigintText(bigint, options) {
  return options?.numericSeparator ? inspectModule().formatBigInt(inspectModule().plain, bigint, true) : `${bigint}n`;
}

function jsonText(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error.name === 'TypeError' && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

// True when an object's text would be that of a built-in toString, which says less than inspect.
function hasBuiltinToString(value) {
  const target = binding.getProxyDetails(value, false);
  if (target !== undefined) {
    if (target === null) return true;
    value = target;
  }
  if (typeof value[Symbol.toPrimitive] === 'function' && !isBuiltinToPrimitive(value)) return false;
  if (typeof value.toString !== 'function') return true;
  if (Object.prototype.hasOwnProperty.call(value, 'toString')) return false;
  let holder = value;
  do {
    holder = Object.getPrototypeOf(holder);
  } while (!Object.prototype.hasOwnProperty.call(holder, 'toString'));
  const constructor = Object.getOwnPropertyDescriptor(holder, 'constructor');
  return constructor !== undefined && typeof constructor.value === 'function' &&
    inspectModule().builtinNames.has(constructor.value.name);
}

const isBuiltinToPrimitive = (value) => value[Symbol.toPrimitive] === Date.prototype[Symbol.toPrimitive];

function stringOf(value, options) { // %s
  switch (typeof value) {
    case 'number': return numberText(value, options);
    case 'bigint': return bigintText(value, options);
    case 'object':
      if (value !== null && hasBuiltinToString(value)) {
        return inspectModule().inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
      }
  }
  return String(value);
}

function numberOf(value, convert, options) { // %d %i
  if (typeof value === 'bigint') return bigintText(value, options);
  return typeof value === 'symbol' ? 'NaN' : numberText(convert(value), options);
}

const DIRECTIVES = 'sjdifOoc';

function directive(letter, value, options) {
  switch (letter) {
    case 's': return stringOf(value, options);
    case 'j': return jsonText(value);
    case 'd': return numberOf(value, Number, options);
    case 'i': return numberOf(value, Number.parseInt, options);
    case 'f': return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(value), options);
    case 'O': return inspectModule().inspect(value, options);
    case 'o': return inspectModule().inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    default: return ''; // %c: style sheets mean nothing here
  }
}

// Numbers, booleans, null and undefined look the same without inspect, unless somebody has changed its default options.
function isPlainlyPrinted(value, type) {
  if (type !== 'number' && type !== 'boolean' && value != null) return false;
  const defaults = binding.inspectDefaults;
  return defaults === undefined || (!defaults.colors && !defaults.numericSeparator);
}

function formatArgs(options, args) {
  const first = args[0];
  let next = 0, text = '', between = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    next = 1;
    between = ' ';
    text = first;
    if (first.includes('%')) {
      text = '';
      let done = 0, found = false;
      for (let i = 0; i < first.length - 1; i++) {
        if (first.charCodeAt(i) !== PERCENT) continue;
        const letter = first[++i];
        if (letter === '%') {
          text += first.slice(done, i);
          done = i + 1;
          found = true;
        } else if (next < args.length && DIRECTIVES.includes(letter)) {
          text += first.slice(done, i - 1) + directive(letter, args[next++], options);
          done = i + 1;
          found = true;
        }
      }
      text = found ? text + first.slice(done) : first;
    }
  }
  for (; next < args.length; next++) {
    const value = args[next], type = typeof value;
    text += between;
    text += type === 'string' ? value
      : options === undefined && isPlainlyPrinted(value, type) ? numberText(value)
      : inspectModule().inspect(value, options);
    between = ' ';
  }
  return text;
}

function format(...args) {
  return formatArgs(undefined, args);
}

function formatWithOptions(options, ...args) {
  require('internal/validators').validateObject(options, 'inspectOptions', require('internal/validators').kValidateObjectAllowObjects);
  return formatArgs(options, args);
}

module.exports = { format, formatWithOptions, formatArgs };
