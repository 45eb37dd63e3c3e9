// SPDX-License-Identifier: MIT
// util.inspect: any value as text. Byte for byte what Node prints, because people compare it: the rules for line breaks,
// columns and prefixes below are Node's documented ones with its constants. The work is split into three: what a value is
// (describe), what it holds (the list* functions, formatProperty), how the pieces become lines (join).
// Loaded when something that is no string is printed for the first time; nothing here runs at load but constants.
'use strict';

const {
  kindOf, getProxyDetails, getPromiseDetails, previewEntries, getOwnNonIndexProperties, getConstructorName: className,
  isAsyncFunction, isGeneratorFunction, stringWidth,
} = internalBinding('util');

// kindOf's answers; the same list is in bindings/util.c.
const ARRAY = 1, ERROR = 3, DATE = 4, REGEXP = 5, MAP = 6, SET = 7, WEAK_MAP = 8, WEAK_SET = 9,
  PROMISE = 10, ARRAY_BUFFER = 11, SHARED_ARRAY_BUFFER = 12, TYPED_ARRAY = 13, DATA_VIEW = 14, MAP_ITERATOR = 15,
  SET_ITERATOR = 16, ARGUMENTS = 17, NAMESPACE = 18, NUMBER_OBJECT = 19, SYMBOL_OBJECT = 23, EXTERNAL = 24;

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf } = Object;
const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const isEnumerable = (object, key) => Object.prototype.propertyIsEnumerable.call(object, key);
const mapSize = getOwnPropertyDescriptor(Map.prototype, 'size').get;
const setSize = getOwnPropertyDescriptor(Set.prototype, 'size').get;
const { entries: mapEntries } = Map.prototype;
const { values: setValues } = Set.prototype;
const TypedArrayPrototype = getPrototypeOf(Uint8Array.prototype);
const typedArrayLength = getOwnPropertyDescriptor(TypedArrayPrototype, 'length').get;
const typedArrayName = getOwnPropertyDescriptor(TypedArrayPrototype, Symbol.toStringTag).get;
const { toString: functionText } = Function.prototype;
const { toString: regExpText } = RegExp.prototype;
const { toString: errorText } = Error.prototype;
const { toString: symbolText } = Symbol.prototype;
const { getTime, toISOString, toString: dateText } = Date.prototype;
const primitiveOf = [Number, String, Boolean, BigInt, Symbol].map((type) => type.prototype.valueOf);
const primitiveName = ['Number', 'String', 'Boolean', 'BigInt', 'Symbol'];

const customInspect = Symbol.for('nodejs.util.inspect.custom');

// Constructors that a script did not write.
const builtinNames = new Set(('Object Function Array Number Boolean String Symbol Date Promise RegExp Error AggregateError ' +
  'EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer Uint8Array Int8Array Uint16Array ' +
  'Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array ' +
  'DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy Iterator FinalizationRegistry SuppressedError DisposableStack ' +
  'AsyncDisposableStack Atomics JSON Math Reflect Infinity NaN Intl Temporal WebAssembly').split(' '));

const defaults = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});
internalBinding('util').inspectDefaults = defaults; // internal/util/format looks here without loading this file

// How pieces are joined: the elements of lists may be put into columns.
const PLAIN = 0, ELEMENT = 1, LIST = 2;
const COLUMNS_MIN_ELEMENTS = 6, STRING_BREAK_MIN = 16, OUTPUT_MAX = 2 ** 27, PROTOTYPE_LEVELS = 3;

function inspect(value, options) {
  const ctx = {
    budget: {},
    indentationLvl: 0,
    seen: [],
    circular: undefined,
    currentDepth: 0,
    stylize: noColor,
    showHidden: defaults.showHidden,
    depth: defaults.depth,
    colors: defaults.colors,
    customInspect: defaults.customInspect,
    showProxy: defaults.showProxy,
    maxArrayLength: defaults.maxArrayLength,
    maxStringLength: defaults.maxStringLength,
    breakLength: defaults.breakLength,
    compact: defaults.compact,
    sorted: defaults.sorted,
    getters: defaults.getters,
    numericSeparator: defaults.numericSeparator,
    userOptions: undefined,
  };
  if (arguments.length > 1) {
    if (arguments[2] !== undefined) ctx.depth = arguments[2]; // inspect(value, showHidden, depth, colors)
    if (arguments[3] !== undefined) ctx.colors = arguments[3];
    if (typeof options === 'boolean') {
      ctx.showHidden = options;
    } else if (options) {
      for (const key of Object.keys(options)) {
        if (hasOwn(defaults, key) || key === 'stylize') ctx[key] = options[key];
        else if (ctx.userOptions === undefined) ctx.userOptions = options;
      }
    }
  }
  if (ctx.colors) ctx.stylize = withColor;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}

// ---- Colours ----

const colors = { __proto__: null };
for (const [name, on, off] of [
  ['reset', 0, 0], ['bold', 1, 22], ['dim', 2, 22], ['italic', 3, 23], ['underline', 4, 24], ['blink', 5, 25],
  ['inverse', 7, 27], ['hidden', 8, 28], ['strikethrough', 9, 29], ['doubleunderline', 21, 24],
  ['black', 30, 39], ['red', 31, 39], ['green', 32, 39], ['yellow', 33, 39], ['blue', 34, 39], ['magenta', 35, 39],
  ['cyan', 36, 39], ['white', 37, 39], ['bgBlack', 40, 49], ['bgRed', 41, 49], ['bgGreen', 42, 49], ['bgYellow', 43, 49],
  ['bgBlue', 44, 49], ['bgMagenta', 45, 49], ['bgCyan', 46, 49], ['bgWhite', 47, 49], ['framed', 51, 54],
  ['overlined', 53, 55], ['gray', 90, 39], ['redBright', 91, 39], ['greenBright', 92, 39], ['yellowBright', 93, 39],
  ['blueBright', 94, 39], ['magentaBright', 95, 39], ['cyanBright', 96, 39], ['whiteBright', 97, 39],
  ['bgGray', 100, 49], ['bgRedBright', 101, 49], ['bgGreenBright', 102, 49], ['bgYellowBright', 103, 49],
  ['bgBlueBright', 104, 49], ['bgMagentaBright', 105, 49], ['bgCyanBright', 106, 49], ['bgWhiteBright', 107, 49],
]) colors[name] = [on, off];
for (const [alias, name] of [
  ['grey', 'gray'], ['bgGrey', 'bgGray'], ['blackBright', 'gray'], ['bgBlackBright', 'bgGray'], ['faint', 'dim'],
  ['crossedout', 'strikethrough'], ['strikeThrough', 'strikethrough'], ['crossedOut', 'strikethrough'],
  ['conceal', 'hidden'], ['swapColors', 'inverse'], ['swapcolors', 'inverse'], ['doubleUnderline', 'doubleunderline'],
]) {
  Object.defineProperty(colors, alias, {
    __proto__: null,
    get() { return this[name]; },
    set(value) { this[name] = value; },
    configurable: true,
    enumerable: false,
  });
}
const styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

function noColor(text) {
  return text;
}

function withColor(text, style) {
  const name = styles[style];
  const pair = name !== undefined ? colors[name] : undefined;
  return pair === undefined ? text : `\u001b[${pair[0]}m${text}\u001b[${pair[1]}m`;
}

const colorSequence = /\u001b\[\d\d?m/g;
const withoutColors = (text) => text.replace(colorSequence, '');

// Escape sequences of terminals: CSI and OSC, as strip functions everywhere know them.
const controlSequences = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*' +
  '(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?(?:\\u0007|\\u001B\\u005C|\\u009C))' +
  '|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))', 'g');
const stripVTControlCharacters = (text) => text.replace(controlSequences, '');

function getStringWidth(text, removeControlChars = true) {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  if (removeControlChars) text = stripVTControlCharacters(text);
  return stringWidth(text.normalize('NFC'));
}

// ---- Primitives ----

const needsEscape = /[\x00-\x1f\x27\x5c\x7f-\x9f\ud800-\udfff]/;
const escapeAll = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const escapeNoQuote = /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const shortEscapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\'': '\\\'', '\\': '\\\\' };

function escapeChar(char) {
  const short = shortEscapes[char];
  if (short !== undefined) return short;
  const code = char.charCodeAt(0).toString(16);
  return char.charCodeAt(0) > 0xff ? `\\u${code}` : `\\x${code.toUpperCase().padStart(2, '0')}`;
}

// The text in the quotes that need the fewest escapes.
function quote(text) {
  if (!needsEscape.test(text)) return `'${text}'`;
  if (!text.includes('\'')) return `'${text.replace(escapeNoQuote, escapeChar)}'`;
  if (!text.includes('"')) return `"${text.replace(escapeNoQuote, escapeChar)}"`;
  if (!text.includes('`') && !text.includes('${')) return `\`${text.replace(escapeNoQuote, escapeChar)}\``;
  return `'${text.replace(escapeAll, escapeChar)}'`;
}

const escapeSymbol = (text) => text.replace(/[\x00-\x1f\x27\x5c\x7f-\x9f]/g, escapeChar);

function separateThousands(digits) {
  let end = digits.length, result = '';
  const start = digits[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) result = `_${digits.slice(end - 3, end)}${result}`;
  return end === digits.length ? digits : `${digits.slice(0, end)}${result}`;
}

function separateFraction(digits) {
  let result = '', start = 0;
  for (; start < digits.length - 3; start += 3) result += `${digits.slice(start, start + 3)}_`;
  return start === 0 ? digits : `${result}${digits.slice(start)}`;
}

function formatNumber(stylize, number, separate) {
  if (!separate) return stylize(Object.is(number, -0) ? '-0' : `${number}`, 'number');
  const integer = Math.trunc(number), text = String(integer);
  if (integer === number) {
    return stylize(!isFinite(number) || text.includes('e') ? text : separateThousands(text), 'number');
  }
  if (Number.isNaN(number)) return stylize(text, 'number');
  return stylize(`${separateThousands(text)}.${separateFraction(String(number).slice(text.length + 1))}`, 'number');
}

function formatBigInt(stylize, bigint, separate) {
  const text = String(bigint);
  return stylize(`${separate ? separateThousands(text) : text}n`, 'bigint');
}

const more = (count, what) => `... ${count} more ${what}${count > 1 ? 's' : ''}`;

function formatString(ctx, stylize, text) {
  let trailer = '';
  if (text.length > ctx.maxStringLength) {
    trailer = more(text.length - ctx.maxStringLength, 'character');
    text = text.slice(0, ctx.maxStringLength);
  }
  if (ctx.compact !== true && text.length > STRING_BREAK_MIN && text.includes('\n') &&
      text.length > ctx.breakLength - ctx.indentationLvl - 4) {
    const lines = [];
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf('\n', start), end = newline < 0 ? text.length : newline + 1;
      lines.push(stylize(quote(text.slice(start, end)), 'string'));
      start = end;
    }
    return lines.join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer;
  }
  return stylize(quote(text), 'string') + trailer;
}

function formatPrimitive(ctx, stylize, value) {
  switch (typeof value) {
    case 'string': return formatString(ctx, stylize, value);
    case 'number': return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint': return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'symbol': return stylize(symbolText.call(value), 'symbol');
    case 'undefined': return stylize('undefined', 'undefined');
    default: return stylize('null', 'null');
  }
}

// ---- Any value ----

function formatValue(ctx, value, depth, ofTypedArray) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return formatPrimitive(ctx, ctx.stylize, value);
  }
  const context = value;
  let layers = 0;
  for (let proxy; (proxy = getProxyDetails(value)) !== undefined; value = proxy[0], layers++) {
    if (proxy === null) return wrapProxy(ctx, ctx.stylize('<Revoked Proxy>', 'special'), layers);
    if (ctx.showProxy) return formatProxy(ctx, proxy, depth);
  }
  if (ctx.customInspect) {
    const custom = value[customInspect];
    if (typeof custom === 'function' && custom !== inspect &&
        !(value.constructor && value.constructor.prototype === value)) {
      const left = ctx.depth === null ? null : ctx.depth - depth;
      const foreign = layers !== 0 || !(context instanceof Object);
      const result = custom.call(context, left, userOptions(ctx, foreign), inspect);
      if (result !== context) {
        if (typeof result === 'string') return result.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
        return formatValue(ctx, result, depth);
      }
    }
  }
  if (ctx.seen.includes(value)) return ctx.stylize(`[Circular *${circularNumber(ctx, value)}]`, 'special');
  const text = formatObject(ctx, value, depth, ofTypedArray);
  return layers === 0 ? text : wrapProxy(ctx, text, layers);
}

// Without showProxy a proxy looks like its target, with a `Proxy()` around it for each proxy in between.
function wrapProxy(ctx, text, layers) {
  for (; layers > 0; layers--) text = ctx.stylize('Proxy(', 'special') + text + ctx.stylize(')', 'special');
  return text;
}

function circularNumber(ctx, value) {
  ctx.circular ??= new Map();
  let number = ctx.circular.get(value);
  if (number === undefined) ctx.circular.set(value, number = ctx.circular.size + 1);
  return number;
}

// What a custom inspection function gets: all options, those that inspect does not know included.
function userOptions(ctx, foreign) {
  const options = {
    stylize: ctx.stylize,
    showHidden: ctx.showHidden,
    depth: ctx.depth,
    colors: ctx.colors,
    customInspect: ctx.customInspect,
    showProxy: ctx.showProxy,
    maxArrayLength: ctx.maxArrayLength,
    maxStringLength: ctx.maxStringLength,
    breakLength: ctx.breakLength,
    compact: ctx.compact,
    sorted: ctx.sorted,
    getters: ctx.getters,
    numericSeparator: ctx.numericSeparator,
    ...ctx.userOptions,
  };
  if (!foreign) return options;
  // Nothing that is handed to a foreign realm's code may lead back into this one.
  Object.setPrototypeOf(options, null);
  for (const key of Object.keys(options)) {
    const value = options[key];
    if ((typeof value === 'object' || typeof value === 'function') && value !== null) delete options[key];
  }
  options.stylize = Object.setPrototypeOf((value, flavour) => {
    let text;
    try {
      text = `${ctx.stylize(value, flavour)}`;
    } catch {
      // What cannot be coloured stays as it is.
    }
    return typeof text === 'string' ? text : value;
  }, null);
  return options;
}

function formatProxy(ctx, proxy, depth) {
  if (depth > ctx.depth && ctx.depth !== null) return ctx.stylize('Proxy [Array]', 'special');
  ctx.indentationLvl += 2;
  const parts = [formatValue(ctx, proxy[0], depth + 1), formatValue(ctx, proxy[1], depth + 1)];
  ctx.indentationLvl -= 2;
  return join(ctx, parts, '', ['Proxy [', ']'], LIST, depth + 1);
}

function formatObject(ctx, value, depth, ofTypedArray) {
  const inherited = ctx.showHidden && (depth <= ctx.depth || ctx.depth === null) ? [] : undefined;
  const constructor = constructorName(ctx, value, depth, inherited);
  let tag = value[Symbol.toStringTag];
  // An own visible tag is printed as a property.
  if (typeof tag !== 'string' || (tag !== '' && (ctx.showHidden ? hasOwn : isEnumerable)(value, Symbol.toStringTag))) tag = '';
  const inheritedProperties = inherited !== undefined && inherited.length > 0 ? inherited : undefined;
  const what = describe(ctx, value, depth, constructor, tag, inheritedProperties !== undefined, ofTypedArray);
  if (typeof what === 'string') return what;
  if (depth > ctx.depth && ctx.depth !== null) {
    const name = prefix(constructor, tag, constructor === null ? className(value) : '').slice(0, -1);
    return ctx.stylize(constructor !== null ? `[${name}]` : name, 'special');
  }
  return formatContents(ctx, value, depth + 1, what, inheritedProperties);
}

function formatContents(ctx, value, depth, what, inherited) {
  const { keys, braces, style } = what;
  let base = what.base, output;
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const indentation = ctx.indentationLvl;
  try {
    output = what.list === undefined ? [] : what.list(ctx, value, depth, what);
    for (let i = 0; i < keys.length; i++) output.push(formatProperty(ctx, value, depth, keys[i], style));
    if (inherited !== undefined) output.push(...inherited);
  } catch (error) {
    return stackOverflowText(ctx, error, what, indentation);
  }
  if (ctx.circular !== undefined) {
    const number = ctx.circular.get(value);
    if (number !== undefined) {
      const reference = ctx.stylize(`<ref *${number}>`, 'special');
      if (ctx.compact === true) braces[0] = `${reference} ${braces[0]}`;
      else base = base === '' ? reference : `${reference} ${base}`;
    }
  }
  ctx.seen.pop();
  if (ctx.sorted) sortOutput(ctx, output, style, keys.length);
  const text = join(ctx, output, base, braces, style, depth, value);
  // A tree that explodes (shared objects at every level) stops going down before memory ends.
  const size = (ctx.budget[ctx.indentationLvl] || 0) + text.length;
  ctx.budget[ctx.indentationLvl] = size;
  if (size > OUTPUT_MAX) ctx.depth = -1;
  return text;
}

function stackOverflowText(ctx, error, what, indentation) {
  if (!(error instanceof RangeError) || !/call stack/.test(error.message)) throw error;
  ctx.seen.pop();
  ctx.indentationLvl = indentation;
  const name = (what.base || what.braces[0]).replace(/ ?[[{]$/, '') || 'Object';
  return ctx.stylize(`[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
}

function sortOutput(ctx, output, style, keyCount) {
  const order = ctx.sorted === true ? undefined : ctx.sorted;
  if (style === PLAIN) {
    output.sort(order);
  } else if (keyCount > 1) {
    output.push(...output.splice(output.length - keyCount, keyCount).sort(order));
  }
}

// ---- What a value is ----

function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

// The name of the nearest constructor on the prototype chain, null when the chain has none. `inherited`, when given,
// collects what user-defined prototypes hold (showHidden).
function constructorName(ctx, value, depth, inherited) {
  let first;
  for (let object = value; object !== null; ) {
    const descriptor = getOwnPropertyDescriptor(object, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' &&
        isInstance(value, descriptor.value)) {
      if (inherited !== undefined && (first !== object || !builtinNames.has(descriptor.value.name))) {
        collectInherited(ctx, value, first || value, depth, inherited);
      }
      return String(descriptor.value.name);
    }
    object = getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;
  const name = className(value);
  if (depth > ctx.depth && ctx.depth !== null) return `${name} <Complex prototype>`;
  const parent = constructorName(ctx, first, depth + 1, inherited);
  if (parent !== null) return `${name} <${parent}>`;
  return `${name} <${inspect(first, { ...ctx, customInspect: false, depth: -1 })}>`;
}

function collectInherited(ctx, main, object, depth, output) {
  let keys, lower;
  for (let level = 0; level < PROTOTYPE_LEVELS; level++) {
    if (level !== 0 || main === object) {
      object = getPrototypeOf(object);
      if (object === null) break;
      const constructor = getOwnPropertyDescriptor(object, 'constructor');
      if (constructor !== undefined && typeof constructor.value === 'function' && builtinNames.has(constructor.value.name)) break;
    }
    if (level === 0) lower = new Set();
    else for (const key of keys) lower.add(key);
    keys = Reflect.ownKeys(object);
    ctx.seen.push(main);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn(main, key) || (level !== 0 && lower.has(key))) continue;
      const descriptor = getOwnPropertyDescriptor(object, key);
      if (typeof descriptor.value === 'function') continue;
      const text = formatProperty(ctx, object, depth, key, PLAIN, descriptor, main);
      output.push(ctx.colors ? `\u001b[2m${text}\u001b[22m` : text);
    }
    ctx.seen.pop();
  }
}

// "Foo(2) [tag] ", with the blank at the end.
function prefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

function ownKeys(value, showHidden) {
  const symbols = getOwnPropertySymbols(value);
  let keys;
  if (showHidden) {
    keys = getOwnPropertyNames(value);
    if (symbols.length !== 0) keys.push(...symbols);
    return keys;
  }
  try {
    keys = Object.keys(value);
  } catch {
    keys = getOwnPropertyNames(value); // a module namespace with bindings that have no value yet
  }
  for (const symbol of symbols) if (isEnumerable(value, symbol)) keys.push(symbol);
  return keys;
}

const contents = (open, close, keys, list, style = PLAIN, base = '') => ({ base, braces: [open, close], keys, list, style, extra: undefined });

// What formatContents needs, or the whole text when there is nothing to list. `inherited`: properties of prototypes wait.
function describe(ctx, value, depth, constructor, tag, inherited, ofTypedArray) {
  const kind = kindOf(value);
  let bare = !inherited;
  if (constructor === null || Symbol.iterator in value) {
    switch (kind) {
      case ARRAY: case TYPED_ARRAY: return describeList(ctx, value, kind, constructor, tag, bare);
      case SET: case MAP: return describeCollection(ctx, value, kind, constructor, tag, bare);
      case MAP_ITERATOR: case SET_ITERATOR: {
        const name = kind === MAP_ITERATOR ? 'Map Iterator' : 'Set Iterator';
        const open = tag === name ? `[${name}] {` : `[${tag === '' ? '' : `${tag}] [`}${name}] {`;
        return contents(open, '}', ownKeys(value, ctx.showHidden), listIterator);
      }
    }
  }
  const keys = ownKeys(value, ctx.showHidden);
  bare = bare && keys.length === 0;
  if (typeof value === 'function') {
    const base = functionBase(value, constructor, tag);
    return bare ? ctx.stylize(base, 'special') : contents('{', '}', keys, undefined, PLAIN, base);
  }
  if (constructor === 'Object') {
    if (kind !== ARGUMENTS) return describePlain(constructor, tag, keys, bare);
    return bare ? '[Arguments] {}' : contents('[Arguments] {', '}', keys);
  }
  switch (kind) {
    case REGEXP: return describeRegExp(ctx, value, depth, constructor, tag, keys, bare);
    case DATE: return describeDate(ctx, value, constructor, tag, keys, bare);
    case ERROR: return describeError(ctx, value, constructor, tag, keys, inherited);
    case ARRAY_BUFFER: case SHARED_ARRAY_BUFFER: {
      const open = prefix(constructor, tag, kind === ARRAY_BUFFER ? 'ArrayBuffer' : 'SharedArrayBuffer');
      if (ofTypedArray && bare) return `${open}{ ${listByteLength(ctx, value, depth)[0]} }`;
      return contents(`${open}{`, '}', keys, ofTypedArray ? listByteLength : listBytes);
    }
    case DATA_VIEW: return contents(`${prefix(constructor, tag, 'DataView')}{`, '}', keys, listDataView);
    case PROMISE: return contents(`${prefix(constructor, tag, 'Promise')}{`, '}', keys, listPromise);
    case WEAK_SET: return contents(`${prefix(constructor, tag, 'WeakSet')}{`, '}', keys, ctx.showHidden ? listWeakSet : listUnknown);
    case WEAK_MAP: return contents(`${prefix(constructor, tag, 'WeakMap')}{`, '}', keys, ctx.showHidden ? listWeakMap : listUnknown);
    case NAMESPACE: {
      const what = contents(`${prefix(constructor, tag, 'Module')}{`, '}', [], listNamespace);
      what.extra = keys;
      return what;
    }
    case EXTERNAL: return ctx.stylize('[External]', 'special');
  }
  if (kind >= NUMBER_OBJECT && kind <= SYMBOL_OBJECT) {
    const base = boxedBase(ctx, value, kind - NUMBER_OBJECT, keys, constructor, tag);
    return keys.length === 0 && !inherited ? base : contents('{', '}', keys, undefined, PLAIN, base);
  }
  if (kind === 0 && value instanceof Error) return describeError(ctx, value, constructor, tag, keys, inherited);
  return describePlain(constructor, tag, keys, bare);
}

function describeError(ctx, value, constructor, tag, keys, inherited) {
  const base = formatError(ctx, value, constructor, tag, keys);
  return keys.length === 0 && !inherited ? base : contents('{', '}', keys, undefined, PLAIN, base);
}

function describePlain(constructor, tag, keys, bare) {
  const open = constructor === 'Object' && tag === '' ? '' : prefix(constructor, tag, 'Object');
  return bare ? `${open}{}` : contents(`${open}{`, '}', keys);
}

function describeList(ctx, value, kind, constructor, tag, bare) {
  let name = 'Array', elements = value, length;
  if (kind === ARRAY) {
    length = value.length;
  } else {
    length = typedArrayLength.call(value);
    if (constructor === null) {
      name = typedArrayName.call(value);
      elements = new globalThis[name](value); // its own prototype has no length
    } else {
      name = '';
    }
  }
  const keys = getOwnNonIndexProperties(value, !ctx.showHidden);
  const plain = kind === ARRAY && constructor === 'Array' && tag === '';
  const open = plain ? '[' : `${prefix(constructor, tag, name, `(${length})`)}[`;
  if (length === 0 && keys.length === 0 && (kind === ARRAY ? bare : !ctx.showHidden)) return `${open}]`;
  const what = contents(open, ']', keys, kind === ARRAY ? listArray : listTypedArray, LIST);
  what.extra = elements;
  return what;
}

function describeCollection(ctx, value, kind, constructor, tag, bare) {
  const size = (kind === SET ? setSize : mapSize).call(value);
  const keys = ownKeys(value, ctx.showHidden);
  const open = prefix(constructor, tag, kind === SET ? 'Set' : 'Map', `(${size})`);
  if (size === 0 && keys.length === 0 && bare) return `${open}{}`;
  return contents(`${open}{`, '}', keys, kind === SET ? listSet : listMap);
}

function describeRegExp(ctx, value, depth, constructor, tag, keys, bare) {
  let base = regExpText.call(constructor !== null ? value : new RegExp(value));
  const start = prefix(constructor, tag, 'RegExp');
  if (start !== 'RegExp ') base = `${start}${base}`;
  if (bare || (depth > ctx.depth && ctx.depth !== null)) return ctx.stylize(base, 'regexp');
  return contents('{', '}', keys, undefined, PLAIN, base);
}

function describeDate(ctx, value, constructor, tag, keys, bare) {
  let base = Number.isNaN(getTime.call(value)) ? dateText.call(value) : toISOString.call(value);
  const start = prefix(constructor, tag, 'Date');
  if (start !== 'Date ') base = `${start}${base}`;
  return bare ? ctx.stylize(base, 'date') : contents('{', '}', keys, undefined, PLAIN, base);
}

function boxedBase(ctx, value, type, keys, constructor, tag) {
  const name = primitiveName[type], primitive = primitiveOf[type].call(value);
  if (name === 'String') keys.splice(0, primitive.length); // its characters
  let base = `[${name}`;
  if (name !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(ctx, noColor, primitive)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  return keys.length !== 0 || ctx.stylize === noColor ? base : ctx.stylize(base, name.toLowerCase());
}

// ---- Functions ----

const comments = /(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g;
const classHead = /^(\s+[^(]*?)\s*{/;

function isClass(text) {
  if (!text.startsWith('class') || !text.endsWith('}')) return false;
  const rest = text.slice(5, -1), brace = rest.indexOf('{');
  return brace !== -1 && (!rest.slice(0, brace).includes('(') || classHead.test(rest.replace(comments, '')));
}

function functionBase(value, constructor, tag) {
  if (isClass(functionText.call(value))) return classBase(value, constructor, tag);
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)' : `: ${value.name}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, constructor, tag) {
  const name = (hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) {
    base += ' extends [null prototype]';
  } else {
    const parent = getPrototypeOf(value).name;
    if (parent) base += ` extends ${parent}`;
  }
  return `[${base}]`;
}

// ---- Errors ----

const stackOf = (error) => (error.stack ? String(error.stack) : errorText.call(error));

function formatError(ctx, error, constructor, tag, keys) {
  const name = error.name != null ? String(error.name) : 'Error';
  let stack = stackOf(error);
  dropPrintedKeys(ctx, keys, error, stack);
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
  stack = correctHead(stack, constructor, name, tag);
  // The message may look like frames.
  let head = (error.message && stack.indexOf(error.message)) || -1;
  if (head !== -1) head += error.message.length;
  const start = stack.indexOf('\n    at', head);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    const lines = stackLines(ctx, error, stack.slice(start + 1));
    stack = stack.slice(0, start);
    if (ctx.colors) stack += colorStack(ctx, lines);
    else stack += `\n${lines.join('\n')}`;
  }
  if (ctx.indentationLvl !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
  return stack;
}

// What the stack shows already is not shown again as a property.
function dropPrintedKeys(ctx, keys, error, stack) {
  if (ctx.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const index = keys.indexOf(name);
    if (index !== -1 && typeof error[name] !== 'symbol' && stack.includes(error[name])) keys.splice(index, 1);
  }
}

// The stack's first line names the error as it was made: a subclass without a name of its own is put in here.
function correctHead(stack, constructor, name, tag) {
  let length = name.length;
  if (constructor !== null && !(name.endsWith('Error') && stack.startsWith(name) &&
      (stack.length === length || stack[length] === ':' || stack[length] === '\n'))) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) || /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = (start && start[1]) || '';
    length = fallback.length;
    fallback ||= 'Error';
  }
  const full = prefix(constructor, tag, fallback).slice(0, -1);
  if (name === full) return stack;
  if (!full.includes(name)) return `${full} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${full}: ${stack}` : `${full}${stack.slice(length)}`;
}

// The frames, without those that the cause shows as well.
function stackLines(ctx, error, text) {
  const lines = text.split('\n');
  let cause;
  try {
    ({ cause } = error);
  } catch {
    return lines; // a getter that throws
  }
  if (cause == null || kindOf(cause) !== ERROR) return lines;
  const causeStack = stackOf(cause), start = causeStack.indexOf('\n    at');
  if (start === -1) return lines;
  const { length, offset } = overlap(lines, causeStack.slice(start + 1).split('\n'));
  if (length > 3) {
    const text = `    ... ${length - 2} lines matching cause stack trace ...`;
    lines.splice(offset + 1, length - 2, ctx.stylize(text, 'undefined'));
  }
  return lines;
}

function overlap(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const at = b.indexOf(a[i]);
    if (at === -1 || b.length - at <= 3) continue;
    const max = Math.min(a.length - i, b.length - at);
    let length = 1;
    while (max > length && a[i + length] === b[at + length]) length++;
    if (length > 3) return { length, offset: i };
  }
  return { length: 0, offset: 0 };
}

// Frames of the program's own modules are grey, names of packages underlined, the current folder grey.
function colorStack(ctx, lines) {
  let cwd, result = '';
  try {
    cwd = require('process').cwd();
  } catch {
    // It has been removed.
  }
  for (const line of lines) {
    if (/^ {4}at (?:[^/\\(]+ \(|)node:(.+):\d+:\d+(?:\)|$)/.test(line)) {
      result += `\n${ctx.stylize(line, 'undefined')}`;
      continue;
    }
    let marked = line.replace(/(node_modules[/\\])((?:@[^/\\]+[/\\])?[^/\\]+)(?=[/\\])/g,
                              (all, folder, name) => folder + ctx.stylize(name, 'module'));
    if (cwd !== undefined && cwd !== '/') {
      let at = marked.indexOf(cwd), length = cwd.length + 1;
      if (at !== -1) {
        if (marked.slice(at - 7, at) === 'file://') {
          at -= 7;
          length += 7;
        }
        const open = marked[at - 1] === '(' ? at - 1 : at;
        const end = open !== at && marked.endsWith(')') ? marked.length - 1 : marked.length;
        const folder = ctx.stylize(marked.slice(open, at + length), 'undefined');
        marked = marked.slice(0, open) + folder + marked.slice(at + length, end) +
          (end === marked.length ? '' : ctx.stylize(')', 'undefined'));
      }
    }
    result += `\n${marked}`;
  }
  return result;
}

// ---- What a value holds ----

const lengthShown = (ctx, length) => Math.min(Math.max(0, ctx.maxArrayLength), length);

function listArray(ctx, value, depth) {
  const length = value.length, shown = lengthShown(ctx, length), output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn(value, i)) return listHoles(ctx, value, depth, shown, output, i);
    output.push(formatProperty(ctx, value, depth, i, ELEMENT));
  }
  if (length > shown) output.push(more(length - shown, 'item'));
  return output;
}

function listHoles(ctx, value, depth, shown, output, i) {
  const keys = Object.keys(value);
  const holes = (count) => ctx.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');
  let index = i;
  for (; i < keys.length && output.length < shown; i++) {
    const key = keys[i];
    if (key > 2 ** 32 - 2) break;
    if (`${index}` !== key) {
      if (!/^(0|[1-9][0-9]*)$/.test(key)) break;
      output.push(holes(key - index));
      index = +key;
      if (output.length === shown) break;
    }
    output.push(formatProperty(ctx, value, depth, key, ELEMENT));
    index++;
  }
  const rest = value.length - index;
  if (output.length !== shown) {
    if (rest > 0) output.push(holes(rest));
  } else if (rest > 0) {
    output.push(more(rest, 'item'));
  }
  return output;
}

function listTypedArray(ctx, value, depth, what) {
  const elements = what.extra, length = typedArrayLength.call(value), shown = lengthShown(ctx, length);
  const output = new Array(shown);
  const format = length > 0 && typeof elements[0] === 'number' ? formatNumber : formatBigInt;
  for (let i = 0; i < shown; i++) output[i] = format(ctx.stylize, elements[i], ctx.numericSeparator);
  if (length > shown) output[shown] = more(length - shown, 'item');
  if (!ctx.showHidden) return output;
  return output.concat(listAccessors(ctx, elements, depth, ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'], true));
}

// What binary data say about themselves through the accessors of their prototype.
function listAccessors(ctx, value, depth, names, ofTypedArray) {
  ctx.indentationLvl += 2;
  const output = names.map((key) => `${ctx.stylize(`[${key}]`, 'string')}: ${formatValue(ctx, value[key], depth, ofTypedArray)}`);
  ctx.indentationLvl -= 2;
  return output;
}

function listDataView(ctx, value, depth) {
  return listAccessors(ctx, value, depth, ['byteLength', 'byteOffset', 'buffer']);
}

function listByteLength(ctx, value, depth) {
  return listAccessors(ctx, value, depth, ['byteLength']);
}

function listBytes(ctx, value, depth) {
  const about = listByteLength(ctx, value, depth);
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize('(detached)', 'special'), ...about];
  }
  const shown = lengthShown(ctx, bytes.length), parts = [];
  for (let i = 0; i < shown; i++) parts.push(bytes[i].toString(16).padStart(2, '0'));
  let text = parts.join(' ');
  if (bytes.length > shown) text += ` ${more(bytes.length - shown, 'byte')}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`, ...about];
}

function listSet(ctx, value, depth) {
  const length = setSize.call(value), shown = lengthShown(ctx, length), output = [];
  ctx.indentationLvl += 2;
  let i = 0;
  for (const item of setValues.call(value)) {
    if (i++ >= shown) break;
    output.push(formatValue(ctx, item, depth));
  }
  if (length > shown) output.push(more(length - shown, 'item'));
  ctx.indentationLvl -= 2;
  return output;
}

function listMap(ctx, value, depth) {
  const length = mapSize.call(value), shown = lengthShown(ctx, length), output = [];
  ctx.indentationLvl += 2;
  let i = 0;
  for (const { 0: key, 1: item } of mapEntries.call(value)) {
    if (i++ >= shown) break;
    output.push(`${formatValue(ctx, key, depth)} => ${formatValue(ctx, item, depth)}`);
  }
  if (length > shown) output.push(more(length - shown, 'item'));
  ctx.indentationLvl -= 2;
  return output;
}

function listItems(ctx, items, depth, weak) {
  const shown = lengthShown(ctx, items.length), output = new Array(shown);
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) output[i] = formatValue(ctx, items[i], depth);
  ctx.indentationLvl -= 2;
  if (weak && !ctx.sorted) output.sort(); // their order means nothing
  if (items.length > shown) output.push(more(items.length - shown, 'item'));
  return output;
}

function listPairs(ctx, items, depth, weak) {
  const length = items.length / 2, shown = lengthShown(ctx, length), output = new Array(shown);
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) {
    const pair = [formatValue(ctx, items[i * 2], depth), formatValue(ctx, items[i * 2 + 1], depth)];
    output[i] = weak ? `${pair[0]} => ${pair[1]}` : join(ctx, pair, '', ['[', ']'], LIST, depth);
  }
  if (weak && !ctx.sorted) output.sort();
  ctx.indentationLvl -= 2;
  if (length > shown) output.push(more(length - shown, 'item'));
  return output;
}

const listUnknown = (ctx) => [ctx.stylize('<items unknown>', 'special')];
const listWeakSet = (ctx, value, depth) => listItems(ctx, previewEntries(value), depth, true);
const listWeakMap = (ctx, value, depth) => listPairs(ctx, previewEntries(value), depth, true);

function listIterator(ctx, value, depth, what) {
  const { 0: items, 1: isPairs } = previewEntries(value, true);
  if (!isPairs) return listItems(ctx, items, depth, false);
  what.braces[0] = what.braces[0].replace(/ Iterator] {$/, ' Entries] {');
  return listPairs(ctx, items, depth, false);
}

function listPromise(ctx, value, depth) {
  const { 0: state, 1: result } = getPromiseDetails(value); // 0 pending, 1 fulfilled, 2 rejected
  if (state === 0) return [ctx.stylize('<pending>', 'special')];
  ctx.indentationLvl += 2;
  const text = formatValue(ctx, result, depth);
  ctx.indentationLvl -= 2;
  return [state === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

function listNamespace(ctx, value, depth, what) {
  return what.extra.map((key) => {
    try {
      return formatProperty(ctx, value, depth, key, PLAIN);
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      const text = formatProperty(ctx, { [key]: '' }, depth, key, PLAIN);
      return text.slice(0, text.lastIndexOf(' ') + 1) + ctx.stylize('<uninitialized>', 'special');
    }
  });
}

// ---- Properties ----

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

// `key: value`; only the value for elements. `descriptor` and `receiver` differ from the property's own for inherited ones.
function formatProperty(ctx, object, depth, key, style, descriptor, receiver = object) {
  descriptor ||= getOwnPropertyDescriptor(object, key) || { value: object[key], configurable: true, enumerable: true };
  let text, between = ' ';
  if (descriptor.value !== undefined) {
    const step = ctx.compact !== true || style !== PLAIN ? 2 : 3;
    ctx.indentationLvl += step;
    text = formatValue(ctx, descriptor.value, depth);
    if (step === 3 && ctx.breakLength < getStringWidth(text, ctx.colors)) between = `\n${' '.repeat(ctx.indentationLvl)}`;
    ctx.indentationLvl -= step;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, receiver, depth);
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  return style === ELEMENT ? text : `${formatKey(ctx, key, descriptor)}:${between}${text}`;
}

function formatKey(ctx, key, descriptor) {
  let text;
  if (typeof key === 'symbol') text = ctx.stylize(escapeSymbol(symbolText.call(key)), 'symbol');
  else if (key === '__proto__') text = '[\'__proto__\']';
  else text = identifier.test(key) ? ctx.stylize(key, 'name') : ctx.stylize(quote(key), 'string');
  return descriptor.enumerable === false ? `[${text}]` : text;
}

function formatGetter(ctx, descriptor, receiver, depth) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter', paint = ctx.stylize, special = 'special';
  if (!ctx.getters || !(ctx.getters === true || (ctx.getters === 'get' && descriptor.set === undefined) ||
      (ctx.getters === 'set' && descriptor.set !== undefined))) return paint(`[${label}]`, special);
  try {
    const value = descriptor.get.call(receiver);
    ctx.indentationLvl += 2;
    let text;
    if (value === null) text = `${paint(`[${label}:`, special)} ${paint('null', 'null')}${paint(']', special)}`;
    else if (typeof value === 'object') text = `${paint(`[${label}]`, special)} ${formatValue(ctx, value, depth)}`;
    else if (typeof value === 'function') text = `${paint(`[${label}:`, special)} ${formatValue(ctx, value, depth)}${paint(']', special)}`;
    else text = `${paint(`[${label}:`, special)} ${formatPrimitive(ctx, paint, value)}${paint(']', special)}`;
    ctx.indentationLvl -= 2;
    return text;
  } catch (error) {
    return `${paint(`[${label}:`, special)} <Inspection threw (${error.message})>${paint(']', special)}`;
  }
}

// ---- Lines ----

// Puts the pieces on one line when they fit, else on a line each.
function join(ctx, output, base, braces, style, depth, value) {
  const head = base ? `${base} ` : '';
  const indentation = ' '.repeat(ctx.indentationLvl);
  if (ctx.compact === true) {
    if (fitsOnLine(ctx, output, 0, base)) return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
    const gap = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${indentation}  `;
    return `${braces[0]}${gap}${output.join(`,\n${indentation}  `)} ${braces[1]}`;
  }
  if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
    const count = output.length;
    if (style === LIST && count > COLUMNS_MIN_ELEMENTS) output = columns(ctx, output, value);
    // Only the innermost `compact` levels share a line, and only what was not put into columns.
    if (ctx.currentDepth - depth < ctx.compact && count === output.length) {
      const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
      if (fitsOnLine(ctx, output, start, base)) {
        const line = output.join(', ');
        if (!line.includes('\n')) return `${head}${braces[0]} ${line} ${braces[1]}`;
      }
    }
  }
  return `${head}${braces[0]}\n${indentation}  ${output.join(`,\n${indentation}  `)}\n${indentation}${braces[1]}`;
}

function fitsOnLine(ctx, output, start, base) {
  let length = output.length + start;
  if (length + output.length > ctx.breakLength) return false;
  for (let i = 0; i < output.length; i++) {
    length += ctx.colors ? withoutColors(output[i]).length : output[i].length;
    if (length > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// Short elements in columns, about 2.5 times as wide as high when a character is 2.5 times as high as wide.
function columns(ctx, output, value) {
  let total = 0, longest = 0;
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length; // the last says how many more
  const gap = 2, widths = new Array(count);
  for (let i = 0; i < count; i++) {
    const width = getStringWidth(output[i], ctx.colors);
    widths[i] = width;
    total += width + gap;
    if (longest < width) longest = width;
  }
  const cell = longest + gap;
  if (cell * 3 + ctx.indentationLvl >= ctx.breakLength || !(total / cell > 5 || longest <= 6)) return output;
  const bias = Math.sqrt(cell - total / output.length), biased = Math.max(cell - 3 - bias, 1);
  const perLine = Math.min(Math.round(Math.sqrt(2.5 * biased * count) / biased),
                           Math.floor((ctx.breakLength - ctx.indentationLvl) / cell), ctx.compact * 4, 15);
  if (perLine <= 1) return output;
  const lines = [], columnWidths = [];
  for (let i = 0; i < perLine; i++) {
    let width = 0;
    for (let j = i; j < output.length; j += perLine) if (widths[j] > width) width = widths[j];
    columnWidths.push(width + gap);
  }
  const toRight = value === undefined || allNumbers(value, output.length);
  for (let i = 0; i < count; i += perLine) {
    const end = Math.min(i + perLine, count);
    let line = '', j = i;
    for (; j < end - 1; j++) {
      const padding = columnWidths[j - i] + output[j].length - widths[j], text = `${output[j]}, `;
      line += toRight ? text.padStart(padding) : text.padEnd(padding);
    }
    line += toRight ? output[j].padStart(columnWidths[j - i] + output[j].length - widths[j] - gap) : output[j];
    lines.push(line);
  }
  if (ctx.maxArrayLength < output.length) lines.push(output[count]);
  return lines;
}

function allNumbers(value, count) {
  for (let i = 0; i < count; i++) {
    if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') return false;
  }
  return true;
}

inspect.custom = customInspect;
Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() { return defaults; },
  set(options) {
    if (options === null || typeof options !== 'object') {
      throw new (require('internal/errors').codes.ERR_INVALID_ARG_TYPE)('options', 'Object', options);
    }
    Object.assign(defaults, options);
  },
  enumerable: true,
  configurable: false,
});
inspect.colors = colors;
inspect.styles = styles;

module.exports = {
  inspect, getStringWidth, stripVTControlCharacters, formatNumber, formatBigInt, builtinNames, colors, styles,
  plain: noColor,
};
