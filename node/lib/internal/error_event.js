// SPDX-License-Identifier: MIT
// ErrorEvent (HTML): what a Web worker's uncaught error is for its parent.
'use strict';

const { Event } = require('internal/event');
const { makeEnumerable } = internalBinding('util');

class ErrorEvent extends Event {
  #message = '';
  #filename = '';
  #lineno = 0;
  #colno = 0;
  #error;
  constructor(type, init = undefined) {
    if (arguments.length === 0) throw new TypeError('ErrorEvent constructor: 1 argument required, but 0 found.');
    super(type, init);
    if (init === undefined || init === null) return;
    if (init.message !== undefined) this.#message = `${init.message}`;
    if (init.filename !== undefined) this.#filename = `${init.filename}`;
    if (init.lineno !== undefined) this.#lineno = init.lineno | 0;
    if (init.colno !== undefined) this.#colno = init.colno | 0;
    this.#error = init.error;
  }
  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}
makeEnumerable(ErrorEvent.prototype);
Object.defineProperty(ErrorEvent.prototype, 'constructor', { enumerable: false });
Object.defineProperty(ErrorEvent, 'length', { value: 2 });
Object.defineProperty(ErrorEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'ErrorEvent' });

// ---- Events of what was thrown ----

const frame = /^ {4}at (?:.* \()?([^\n]+?):(\d+):(\d+)\)?$/m;
const syntaxPlace = /^([^\n]+):(\d+)\n/; // how stacks of syntax errors begin

// [file, line, column], as far as the stack tells
function placeOf(error) {
  const stack = Error.isError(error) ? error.stack : undefined;
  if (typeof stack !== 'string') return ['', 0, 0];
  const match = syntaxPlace.exec(stack) ?? frame.exec(stack);
  return match === null ? ['', 0, 0] : [match[1], Number(match[2]), Number(match[3] ?? 0)];
}

function messageOf(error) {
  if (Error.isError(error)) return `${error.message}`;
  try {
    return String(error);
  } catch {
    return '';
  }
}

function errorEventOf(error) {
  const { 0: filename, 1: lineno, 2: colno } = placeOf(error);
  return new ErrorEvent('error', { message: messageOf(error), filename, lineno, colno, error, cancelable: true });
}

module.exports = { ErrorEvent, errorEventOf };
