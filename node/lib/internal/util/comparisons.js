// SPDX-License-Identifier: MIT
// Deep equality, strict and loose: util.isDeepStrictEqual and assert's deep comparisons.
'use strict';

const { kindOf, getOwnNonIndexProperties } = internalBinding('util');

// kindOf's answers.
const ARRAY = 1, ERROR = 3, DATE = 4, REGEXP = 5, MAP = 6, SET = 7,
  ARRAY_BUFFER = 11, SHARED_ARRAY_BUFFER = 12, TYPED_ARRAY = 13, DATA_VIEW = 14, NUMBER_OBJECT = 19, SYMBOL_OBJECT = 23, PROXY = 25;
const { getPrototypeOf, getOwnPropertySymbols } = Object;
const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const isEnumerable = (object, key) => Object.prototype.propertyIsEnumerable.call(object, key);
const tagOf = (value) => Object.prototype.toString.call(value);

const isObject = (value) => value !== null && typeof value === 'object';

const STRICT_BUT_PROTOTYPES = 2; // of `strict`

function equal(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (typeof a !== 'object') return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    if (!isObject(b) || a === null) return false;
    if (strict !== STRICT_BUT_PROTOTYPES && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  } else {
    if (!isObject(a)) return !isObject(b) && (a == b || (Number.isNaN(a) && Number.isNaN(b))); // eslint-disable-line eqeqeq
    if (!isObject(b)) return false;
  }
  if (tagOf(a) !== tagOf(b)) return false;
  const kind = kindWithoutProxy(a);
  if (kind !== kindWithoutProxy(b)) return false;
  if (kind === ARRAY) {
    if (a.length !== b.length) return false;
    const keys = listKeys(a, strict), others = listKeys(b, strict);
    return keys.length === others.length && sameKeys(a, b, keys, kind, strict, seen);
  }
  if (!sameInside(a, b, kind, strict)) return false;
  if (kind === TYPED_ARRAY) {
    const keys = listKeys(a, strict), others = listKeys(b, strict);
    return keys.length === others.length && sameKeys(a, b, keys, kind, strict, seen);
  }
  return sameProperties(a, b, kind, strict, seen);
}

// Proxies are compared as what they pretend to be.
function kindWithoutProxy(value) {
  const kind = kindOf(value);
  if (kind !== PROXY) return kind;
  return Array.isArray(value) ? ARRAY : 0;
}

function listKeys(list, strict) {
  const keys = getOwnNonIndexProperties(list, true);
  return strict ? keys : keys.filter((key) => typeof key !== 'symbol');
}

// What is not in properties.
function sameInside(a, b, kind, strict) {
  switch (kind) {
    case DATE: return Date.prototype.getTime.call(a) === Date.prototype.getTime.call(b);
    case REGEXP: return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
    case ERROR: return a.message === b.message && a.name === b.name;
    case SET: case MAP: return a.size === b.size;
    case ARRAY_BUFFER: case SHARED_ARRAY_BUFFER: return sameBytes(new Uint8Array(a), new Uint8Array(b));
    case TYPED_ARRAY:
      if (a[Symbol.toStringTag] !== b[Symbol.toStringTag]) return false;
      if (!strict && a[Symbol.toStringTag].startsWith('Float')) return sameNumbers(a, b);
      return sameBytes(bytesOf(a), bytesOf(b));
    case DATA_VIEW: return sameBytes(bytesOf(a), bytesOf(b));
  }
  if (kind >= NUMBER_OBJECT && kind <= SYMBOL_OBJECT) return Object.is(a.valueOf(), b.valueOf());
  return true;
}

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function sameBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameNumbers(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  return true;
}

function sameProperties(a, b, kind, strict, seen) {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  if (strict) {
    const symbols = getOwnPropertySymbols(a).filter((symbol) => isEnumerable(a, symbol));
    const others = getOwnPropertySymbols(b).filter((symbol) => isEnumerable(b, symbol));
    if (symbols.length !== others.length) return false;
    keys.push(...symbols);
  }
  return sameKeys(a, b, keys, kind, strict, seen);
}

// `keys` are a's; b has as many.
function sameKeys(a, b, keys, kind, strict, seen) {
  for (let i = 0; i < keys.length; i++) {
    if (strict ? !isEnumerable(b, keys[i]) : !hasOwn(b, keys[i])) return false;
  }
  if (keys.length === 0 && kind !== ARRAY && kind !== SET && kind !== MAP) return true;
  if (kind === ARRAY && keys.length === 0 && a.length === 0) return true;
  // Both were met on the way here: a cycle on either side.
  seen ??= new Set();
  const newA = !seen.has(a), newB = !seen.has(b);
  if (!newA && !newB) return true;
  seen.add(a).add(b);
  const result = sameContents(a, b, keys, kind, strict, seen);
  if (newA) seen.delete(a);
  if (newB) seen.delete(b);
  return result;
}

function sameContents(a, b, keys, kind, strict, seen) {
  if (kind === SET) {
    if (!sameSet(a, b, strict, seen)) return false;
  } else if (kind === MAP) {
    if (!sameMap(a, b, strict, seen)) return false;
  } else if (kind === ARRAY) {
    for (let i = 0; i < a.length; i++) {
      const there = hasOwn(a, i);
      if (there !== hasOwn(b, i) || (there && !equal(a[i], b[i], strict, seen))) return sameHoles(a, b, i, strict, seen) && sameValues(a, b, keys, strict, seen);
    }
  }
  return sameValues(a, b, keys, strict, seen);
}

function sameValues(a, b, keys, strict, seen) {
  for (let i = 0; i < keys.length; i++) {
    if (!equal(a[keys[i]], b[keys[i]], strict, seen)) return false;
  }
  return true;
}

// Arrays with holes, from index i: the same elements must be there.
function sameHoles(a, b, i, strict, seen) {
  if (hasOwn(a, i) || hasOwn(b, i)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (; i < keys.length; i++) {
    if (!hasOwn(b, keys[i]) || !equal(a[keys[i]], b[keys[i]], strict, seen)) return false;
  }
  return true;
}

// Whether a primitive may equal (==) one of another type.
function hasLooseForms(value) {
  if (typeof value === 'symbol') return false;
  return (typeof value !== 'string' && typeof value !== 'number') || !Number.isNaN(+value);
}

// Takes an element equal to `value` out of `candidates`.
function takeEqual(candidates, value, strict, seen) {
  for (const candidate of candidates) {
    if (equal(value, candidate, strict, seen)) {
      candidates.delete(candidate);
      return true;
    }
  }
  return false;
}

function sameSet(a, b, strict, seen) {
  let rest; // of b: what is not simply in a
  for (const value of a) {
    if (isObject(value) || !b.has(value)) {
      if (!isObject(value) && (strict || !hasLooseForms(value))) return false;
      rest ??= new Set();
      rest.add(value);
    }
  }
  if (rest === undefined) return true;
  const candidates = new Set();
  for (const value of b) {
    if (isObject(value) || !a.has(value)) {
      if (strict && !isObject(value)) return false;
      candidates.add(value);
    }
  }
  for (const value of rest) if (!takeEqual(candidates, value, strict, seen)) return false;
  return candidates.size === 0;
}

function sameMap(a, b, strict, seen) {
  let rest;
  for (const { 0: key, 1: value } of a) {
    if (isObject(key)) {
      rest ??= new Set();
      rest.add(key);
    } else if (b.has(key)) {
      if (!equal(value, b.get(key), strict, seen)) return false;
    } else {
      if (strict || !hasLooseForms(key)) return false;
      rest ??= new Set();
      rest.add(key);
    }
  }
  if (rest === undefined) return true;
  const candidates = new Set();
  for (const key of b.keys()) if (isObject(key) || !a.has(key)) candidates.add(key);
  for (const key of rest) {
    let found = false;
    for (const candidate of candidates) {
      if (equal(key, candidate, strict, seen) && equal(a.get(key), b.get(candidate), strict, seen)) {
        candidates.delete(candidate);
        found = true;
        break;
      }
    }
    if (!found) return false;
  }
  return true;
}

module.exports = {
  isDeepEqual: (a, b) => equal(a, b, false, undefined),
  isDeepStrictEqual: (a, b, skipPrototype = false) => equal(a, b, skipPrototype ? STRICT_BUT_PROTOTYPES : true, undefined),
};
