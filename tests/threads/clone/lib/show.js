// SPDX-License-Identifier: MIT
// A text that says everything about a value that structured clone could get wrong.
'use strict';

const builtins = ['Object', 'Array', 'Boolean', 'Number', 'String', 'BigInt', 'Date', 'RegExp', 'Map', 'Set', 'Error', 'EvalError', 'RangeError',
  'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array',
  'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array',
  'BigInt64Array', 'BigUint64Array', 'DOMException'];

function prototypeName(o) {
  const prototype = Object.getPrototypeOf(o);
  return builtins.find((name) => globalThis[name].prototype === prototype) ?? `?${prototype?.constructor?.name}`;
}

function flags(d) {
  const text = `${d.writable ? 'w' : ''}${d.enumerable ? 'e' : ''}${d.configurable ? 'c' : ''}`;
  return 'value' in d ? (text === 'wec' ? '' : `<${text}>`) : '<accessor>';
}

function show(v, seen = new Map()) {
  if (typeof v === 'string') return v.length > 60 ? `string(${v.length})` : JSON.stringify(v);
  if (Object.is(v, -0)) return '-0';
  if (typeof v === 'bigint') return `${v}n`;
  if (typeof v !== 'object' || v === null) return String(v);
  if (seen.has(v)) return `^${seen.get(v)}`;
  seen.set(v, seen.size);
  const name = prototypeName(v), parts = [];
  let head = name;
  if (Object.prototype.toString.call(v) === '[object Error]') {
    const stack = Object.getOwnPropertyDescriptor(v, 'stack');
    parts.push(`stack: ${stack ? typeof v.stack : 'none'}`);
  }
  if (Array.isArray(v)) head += `(${v.length})`;
  if (ArrayBuffer.isView(v) && show.contentsOnly) {
    head += `(${[...new Uint8Array(v.buffer, v.byteOffset, v.byteLength)]})`;
  } else if (ArrayBuffer.isView(v)) {
    head += `(${v.byteOffset}+${v.byteLength})`;
    parts.push(`buffer: ${show(v.buffer, seen)}`);
  } else if (name === 'ArrayBuffer' || name === 'SharedArrayBuffer') {
    head += `(${[...new Uint8Array(v)]}${v.resizable || v.growable ? `, max ${v.maxByteLength}` : ''})`;
  } else if (name === 'Date') head += `(${v.getTime()})`;
  else if (name === 'RegExp') head += `(${v}, ${v.lastIndex})`;
  else if (['Boolean', 'Number', 'String', 'BigInt'].includes(name)) head += `(${show(v.valueOf())})`;
  else if (name === 'Map') head += `[${[...v].map(([a, b]) => `${show(a, seen)} => ${show(b, seen)}`).join(', ')}]`;
  else if (name === 'Set') head += `[${[...v].map((a) => show(a, seen)).join(', ')}]`;
  if (!Object.isExtensible(v)) head += ' fixed';
  for (const key of Reflect.ownKeys(v)) {
    if (ArrayBuffer.isView(v) && /^\d+$/.test(String(key))) continue;
    if ((Array.isArray(v) || name === 'String') && key === 'length') continue;
    if (key === 'stack' || key === 'lastIndex') continue;
    const d = Object.getOwnPropertyDescriptor(v, key);
    parts.push(`${typeof key === 'symbol' ? String(key) : key}${flags(d)}: ${show(d.value, seen)}`);
  }
  return parts.length ? `${head} { ${parts.join(', ')} }` : head;
}

function attempt(label, f) {
  try {
    console.log(`${label}: ${show(f())}`);
  } catch (e) {
    const type = e instanceof DOMException ? `DOMException ${e.name} ${e.code}` : `${e.constructor.name} ${e.code}`;
    console.log(`${label}: ${type}: ${e.message}`);
  }
}

module.exports = { show, attempt };
