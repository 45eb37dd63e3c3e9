// SPDX-License-Identifier: MIT
// DOMException and QuotaExceededError. An instance is an Error, whose name and message are kept beside it.
'use strict';

const cloning = require('internal/clone_symbols');

const names = {
  __proto__: null,
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13,
  NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20,
  URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

const allFacts = new WeakMap();

function factsOf(value) {
  const facts = allFacts.get(value);
  if (!facts) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_THIS('DOMException');
  }
  return facts;
}

const hidden = (value) => ({ __proto__: null, value, configurable: true, writable: true, enumerable: false });

class DOMException {
  constructor(message = '', options = 'Error') {
    // An Error with its stack.
    const self = Object.setPrototypeOf(new Error(), new.target.prototype);
    const name = options !== null && typeof options === 'object' ? options.name ?? 'Error' : options;
    allFacts.set(self, { name: `${name}`, message: `${message}` });
    Error.captureStackTrace(self, new.target);
    if (options !== null && typeof options === 'object' && 'cause' in options) Object.defineProperty(self, 'cause', hidden(options.cause));
    return self;
  }
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);

function getter(prototype, name, f) {
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get: { [name]() {
      return f(factsOf(this));
    } }[name],
  });
}
getter(DOMException.prototype, 'name', (facts) => facts.name);
getter(DOMException.prototype, 'message', (facts) => facts.message);
getter(DOMException.prototype, 'code', (facts) => names[facts.name] ?? 0);
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { configurable: true, value: 'DOMException' });
const old = [['DOMSTRING_SIZE_ERR', 2], ['NO_DATA_ALLOWED_ERR', 6], ['VALIDATION_ERR', 16]]; // of which no exception has the name
const constants = Object.keys(names).map((name) => [
  `${name.replace(/Error$/, '').replace('InUse', 'Inuse').replace(/([a-z])([A-Z])/g, '$1_$2').replace('URLMismatch', 'URL_MISMATCH').toUpperCase()}_ERR`,
  names[name],
]);
for (const [constant, value] of [...constants, ...old].sort((a, b) => a[1] - b[1])) {
  const property = { value, enumerable: true };
  Object.defineProperty(DOMException, constant, property);
  Object.defineProperty(DOMException.prototype, constant, property);
}

// ---- QuotaExceededError ----

function quotaNumber(options, name) {
  if (options === undefined || options === null || !(name in options) || options[name] === undefined) return null;
  const number = Number(options[name]);
  if (!Number.isFinite(number)) throw new TypeError(`Cannot convert options.${name} to a double: the value is ${number}`);
  if (number < 0) throw new RangeError(`options.${name} must not be negative`);
  return number;
}

class QuotaExceededError extends DOMException {
  constructor(message = '', options = undefined) {
    super(message, 'QuotaExceededError');
    const facts = factsOf(this);
    facts.quota = quotaNumber(options, 'quota');
    facts.requested = quotaNumber(options, 'requested');
    if (facts.quota !== null && facts.requested !== null && facts.requested < facts.quota) {
      throw new RangeError('options.requested must not be less than options.quota');
    }
  }
}
getter(QuotaExceededError.prototype, 'quota', (facts) => facts.quota ?? null);
getter(QuotaExceededError.prototype, 'requested', (facts) => facts.requested ?? null);
Object.defineProperty(QuotaExceededError.prototype, Symbol.toStringTag, { configurable: true, value: 'QuotaExceededError' });

// ---- Structured clone ----

function cloneMethod(exportName) {
  return {
    value() {
      const facts = factsOf(this);
      return { data: { ...facts, stack: this.stack }, deserializeInfo: `internal/dom_exception:${exportName}` };
    },
  };
}
Object.defineProperty(DOMException.prototype, cloning.clone, cloneMethod('DOMException'));
Object.defineProperty(QuotaExceededError.prototype, cloning.clone, cloneMethod('QuotaExceededError'));
Object.defineProperty(DOMException.prototype, cloning.deserialize, {
  value({ stack, ...facts }) {
    allFacts.set(this, facts);
    Object.defineProperty(this, 'stack', hidden(stack));
  },
});

module.exports = { DOMException, QuotaExceededError };
