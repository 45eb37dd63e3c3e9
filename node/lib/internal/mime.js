// SPDX-License-Identifier: MIT
// util.MIMEType and util.MIMEParams, by the MIME Sniffing standard's algorithms.
'use strict';

const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuotable = /[^\t\u0020-\u007E\u0080-\u00FF]/;
const trimEnd = (text) => text.replace(/[\r\n\t ]+$/, '');
const trimStart = (text) => text.replace(/^[\r\n\t ]+/, '');
const lower = (text) => text.replace(/[A-Z]/g, (char) => char.toLowerCase());

function fail(production, text, index) {
  throw new (require('internal/errors').codes.ERR_INVALID_MIME_SYNTAX)(production, text, index);
}

// The place that a complaint names counts within the token, as Node's does.
function checkToken(production, token, text) {
  const index = token.search(notToken);
  if (token === '' || index !== -1) fail(production, text, index);
}

function parseTypeAndSubtype(text) {
  const start = text.length - trimStart(text).length, slash = text.indexOf('/', start);
  const type = slash === -1 ? text.slice(start) : text.slice(start, slash);
  if (type === '' || slash === -1 || notToken.test(type)) fail('type', text, type.search(notToken));
  const semicolon = text.indexOf(';', slash), end = semicolon === -1 ? text.length : semicolon;
  const subtype = trimEnd(text.slice(slash + 1, end));
  checkToken('subtype', subtype, text);
  return { type: lower(type), subtype: lower(subtype), rest: end };
}

const quoted = (value) => (value !== '' && !notToken.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`);

class MIMEParams {
  #data = new Map();

  delete(name) {
    this.#data.delete(`${name}`);
  }

  get(name) {
    return this.#data.get(`${name}`) ?? null;
  }

  has(name) {
    return this.#data.has(`${name}`);
  }

  set(name, value) {
    name = `${name}`;
    value = `${value}`;
    checkToken('parameter name', name, name);
    const index = value.search(notQuotable);
    if (index !== -1) fail('parameter value', value, index);
    this.#data.set(name, value);
  }

  *entries() {
    yield* this.#data.entries();
  }

  *keys() {
    yield* this.#data.keys();
  }

  *values() {
    yield* this.#data.values();
  }

  toString() {
    return [...this.#data].map(({ 0: name, 1: value }) => `${name}=${quoted(value)}`).join(';');
  }

  // Parameters behind the subtype; what cannot be read is passed over, the first of a name counts.
  static parse(text, position) {
    const params = new MIMEParams();
    while (position < text.length) {
      position++; // the semicolon
      while (/[\r\n\t ]/.test(text[position] ?? '')) position++;
      let end = position;
      while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
      const name = lower(text.slice(position, end));
      position = end;
      if (text[position] !== '=') continue;
      position++;
      let value;
      if (text[position] === '"') {
        ({ value, position } = parseQuoted(text, position + 1));
        while (position < text.length && text[position] !== ';') position++;
      } else {
        end = text.indexOf(';', position);
        if (end === -1) end = text.length;
        value = trimEnd(text.slice(position, end));
        position = end;
        if (value === '') continue;
      }
      if (name !== '' && !notToken.test(name) && !notQuotable.test(value) && !params.has(name)) params.#data.set(name, value);
    }
    return params;
  }
}
Object.defineProperty(MIMEParams.prototype, Symbol.iterator, { value: MIMEParams.prototype.entries, writable: true, configurable: true });
Object.defineProperty(MIMEParams.prototype, 'toJSON', { value: MIMEParams.prototype.toString, writable: true, configurable: true });

function parseQuoted(text, position) {
  let value = '';
  for (; position < text.length && text[position] !== '"'; position++) {
    if (text[position] === '\\' && position + 1 < text.length) position++;
    value += text[position];
  }
  return { value, position: position + 1 };
}

class MIMEType {
  #type;
  #subtype;
  #params;

  // null instead of an error
  static parse(input) {
    try {
      return new MIMEType(input);
    } catch {
      return null;
    }
  }

  constructor(text) {
    text = `${text}`;
    const { type, subtype, rest } = parseTypeAndSubtype(text);
    this.#type = type;
    this.#subtype = subtype;
    this.#params = MIMEParams.parse(text, rest);
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    checkToken('type', value, value);
    this.#type = lower(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    checkToken('subtype', value, value);
    this.#subtype = lower(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#params;
  }

  toString() {
    const params = this.#params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }

  toJSON() {
    return this.toString();
  }
}

module.exports = { MIMEType, MIMEParams };
