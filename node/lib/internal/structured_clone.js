// SPDX-License-Identifier: MIT
// structuredClone within one isolate.
'use strict';

const types = () => require('internal/util/types');
const errorNames = new Set(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']);

function refuse(value) {
  const { DOMException } = require('internal/dom_exception');
  let text;
  if (typeof value === 'function') text = Function.prototype.toString.call(value);
  else if (typeof value === 'symbol') text = value.toString();
  else text = `#<${value.constructor?.name || 'Object'}>`;
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

function cloneBuffer(buffer, context) {
  if (context.transferred.has(buffer)) {
    const moved = buffer.transfer();
    context.transferred.delete(buffer);
    return moved;
  }
  if (buffer.resizable) {
    const out = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
    new Uint8Array(out).set(new Uint8Array(buffer));
    return out;
  }
  return buffer.slice(0);
}

function cloneError(error, context) {
  let name = error.name;
  if (!errorNames.has(name)) name = 'Error';
  const made = new globalThis[name]();
  context.seen.set(error, made);
  const message = Object.getOwnPropertyDescriptor(error, 'message');
  const set = (key, value) => Object.defineProperty(made, key, { value, writable: true, configurable: true, enumerable: false });
  if (message && 'value' in message) set('message', `${message.value}`);
  if (typeof error.stack === 'string') set('stack', error.stack);
  if (Object.hasOwn(error, 'cause')) set('cause', clone(error.cause, context));
  return made;
}

function remember(value, copy, context) {
  context.seen.set(value, copy);
  return copy;
}

function copyProperties(from, to, context) {
  for (const key of Object.keys(from)) {
    Object.defineProperty(to, key, { value: clone(from[key], context), writable: true, enumerable: true, configurable: true });
  }
  return to;
}

function cloneView(value, context) {
  const buffer = clone(value.buffer, context);
  if (value instanceof DataView) return remember(value, new DataView(buffer, value.byteOffset, value.byteLength), context);
  const name = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get.call(value);
  return remember(value, new globalThis[name](buffer, value.byteOffset, value.length), context);
}

function clone(value, context) {
  if (typeof value === 'symbol' || typeof value === 'function') throw refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = context.seen.get(value);
  if (known !== undefined) return known;
  const t = types();
  if (Array.isArray(value)) {
    const out = remember(value, new Array(value.length), context);
    return copyProperties(value, out, context);
  }
  if (t.isDate(value)) return remember(value, new Date(value.getTime()), context);
  if (t.isRegExp(value)) return remember(value, new RegExp(value.source, value.flags), context);
  if (t.isMap(value)) {
    const out = remember(value, new Map(), context);
    for (const [k, v] of [...value]) out.set(clone(k, context), clone(v, context));
    return out;
  }
  if (t.isSet(value)) {
    const out = remember(value, new Set(), context);
    for (const v of [...value]) out.add(clone(v, context));
    return out;
  }
  if (t.isSharedArrayBuffer(value)) return remember(value, value, context);
  if (t.isArrayBuffer(value)) return remember(value, cloneBuffer(value, context), context);
  if (ArrayBuffer.isView(value)) return cloneView(value, context);
  if (t.isBoxedPrimitive(value)) {
    if (t.isSymbolObject(value)) throw refuse(value);
    return remember(value, Object(value.valueOf()), context);
  }
  if (t.isNativeError(value)) return cloneError(value, context);
  if (t.isPromise(value) || t.isWeakMap(value) || t.isWeakSet(value) || t.isProxy(value) || t.isGeneratorObject(value) ||
      (typeof WeakRef === 'function' && value instanceof WeakRef)) {
    throw refuse(value);
  }
  return copyProperties(value, remember(value, {}, context), context);
}

function structuredClone(value, options) {
  if (arguments.length === 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_MISSING_ARGS('The "value" argument must be specified');
  }
  const transfer = options?.transfer ? [...options.transfer] : [];
  for (const item of transfer) {
    if (!types().isArrayBuffer(item)) {
      const { DOMException } = require('internal/dom_exception');
      throw new DOMException('Value not transferable', 'DataCloneError');
    }
  }
  const context = { seen: new Map(), transferred: new Set(transfer) };
  const out = clone(value, context);
  for (const buffer of context.transferred) buffer.transfer();
  return out;
}

module.exports = { structuredClone };
