// SPDX-License-Identifier: MIT
// Errors between threads: structured clone would lose their codes and further properties. A thrown value becomes plain data and back.
//   { kind: 'error', constructor, properties }, { kind: 'value', value }, { kind: 'text', text }, { kind: 'inspected', text },
//   { kind: 'symbol', text }, { kind: 'bytes', data }
'use strict';

const custom = Symbol.for('nodejs.util.inspect.custom');
const builtin = {
  __proto__: null, Error, TypeError, RangeError, URIError, SyntaxError, ReferenceError, EvalError, AggregateError, SuppressedError,
};

function inspect(value) {
  return require('internal/util/inspect').inspect(value);
}

function isCloneable(value) {
  try {
    require('internal/structured_clone').structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

// [name, value, attributes] of what the prototypes and the object itself have, the outermost first; what cannot travel is left out.
function propertiesOf(error) {
  const out = new Map();
  const chain = [];
  for (let o = error; o !== null && o !== Object.prototype; o = Object.getPrototypeOf(o)) chain.unshift(o);
  for (const o of chain) {
    for (const name of Object.getOwnPropertyNames(o)) {
      if (name === '__proto__') continue;
      const { value: plain, get, writable = false, enumerable, configurable } = Object.getOwnPropertyDescriptor(o, name);
      let value = plain;
      try {
        if (get) value = get.call(error);
      } catch {
        continue;
      }
      if (typeof value === 'function') continue;
      if (name === 'cause' || name === 'errors') value = name === 'cause' ? serializeError(value) : serializeAll(value);
      else if (value !== null && typeof value === 'object' && !isCloneable(value)) continue;
      else if (typeof value === 'symbol') continue;
      out.set(name, [name, value, { writable, enumerable, configurable }]);
    }
  }
  return [...out.values()];
}

function nameOf(prototype) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  return typeof descriptor?.value === 'function' ? descriptor.value.name : undefined;
}

function serializeAll(errors) {
  return Array.isArray(errors) ? errors.map(serializeError) : undefined;
}

function builtinNameOf(error) {
  for (let o = Object.getPrototypeOf(error); o !== null; o = Object.getPrototypeOf(o)) {
    const name = nameOf(o);
    if (name !== undefined && name in builtin && builtin[name].prototype === o) return name;
  }
  return undefined;
}

// Throws when there is no way at all to say what the value is.
function serializeError(error) {
  if (typeof error === 'symbol') return { kind: 'symbol', text: error.description };
  if (error === null || typeof error !== 'object') {
    return typeof error === 'function' ? { kind: 'text', text: inspect(error) } : { kind: 'value', value: error };
  }
  if (Object.prototype.toString.call(error) === '[object Error]') {
    const constructor = builtinNameOf(error);
    if (constructor !== undefined) return { kind: 'error', constructor, properties: propertiesOf(error) };
  }
  if (custom in error) return { kind: 'inspected', text: inspect(error) };
  const { serialize } = require('v8');
  let data;
  try {
    data = serialize(error);
  } catch {
    return { kind: 'text', text: inspect(error) };
  }
  return { kind: 'bytes', data };
}

function deserializeError(data) {
  switch (data.kind) {
    case 'value': return data.value;
    case 'text': return data.text;
    case 'bytes': return require('v8').deserialize(data.data);
    case 'symbol': return Symbol(data.text);
    case 'inspected': return { __proto__: null, [custom]: () => data.text };
  }
  const Constructor = builtin[data.constructor];
  const error = data.constructor === 'AggregateError' ? new Constructor([]) : new Constructor();
  for (const own of Object.getOwnPropertyNames(error)) delete error[own];
  for (const { 0: name, 1: value, 2: attributes } of data.properties) {
    let v = value;
    if (name === 'cause') v = deserializeError(value);
    else if (name === 'errors' && Array.isArray(value)) v = value.map(deserializeError);
    Object.defineProperty(error, name, { __proto__: null, value: v, ...attributes });
  }
  return error;
}

module.exports = { serializeError, deserializeError };
