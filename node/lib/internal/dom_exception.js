// SPDX-License-Identifier: MIT
// DOMException.
'use strict';

const names = {
  __proto__: null,
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13,
  NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20,
  URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

class DOMException {
  #name;
  #message;
  constructor(message = '', options = 'Error') {
    // An Error with its stack, and the private parts above.
    const self = Object.setPrototypeOf(new Error(), new.target.prototype);
    const name = options !== null && typeof options === 'object' ? options.name ?? 'Error' : options;
    DOMException.#facts.set(self, [`${name}`, `${message}`]);
    Error.captureStackTrace(self, new.target);
    if (options !== null && typeof options === 'object' && 'cause' in options) {
      Object.defineProperty(self, 'cause', { value: options.cause, configurable: true, writable: true, enumerable: false });
    }
    return self;
  }
  static #facts = new WeakMap();
  static factsOf(value) {
    const facts = DOMException.#facts.get(value);
    if (!facts) {
      const { codes } = require('internal/errors');
      throw new codes.ERR_INVALID_THIS('DOMException');
    }
    return facts;
  }
}
const { factsOf } = DOMException;
delete DOMException.factsOf;
Object.setPrototypeOf(DOMException.prototype, Error.prototype);

function getter(name, f) {
  Object.defineProperty(DOMException.prototype, name, {
    configurable: true,
    enumerable: true,
    get: { [name]() {
      return f(factsOf(this));
    } }[name],
  });
}
getter('name', (facts) => facts[0]);
getter('message', (facts) => facts[1]);
getter('code', (facts) => names[facts[0]] ?? 0);
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { configurable: true, value: 'DOMException' });
for (const name of Object.keys(names)) {
  const constant = `${name.replace(/Error$/, '').replace(/([a-z])([A-Z])/g, '$1_$2').replace('URLMismatch', 'URL_MISMATCH').toUpperCase()}_ERR`;
  const property = { value: names[name], enumerable: true };
  Object.defineProperty(DOMException, constant, property);
  Object.defineProperty(DOMException.prototype, constant, property);
}

module.exports = { DOMException };
