// SPDX-License-Identifier: MIT
// readline with promises.
'use strict';

const { AbortError, codes } = require('internal/errors');
const lines = require('internal/readline/interface');
const { isWritableNodeStream } = require('internal/streams/utils');

// Like readline.Interface, but none.
function Base() {}
Base.prototype = Object.create(Object.getPrototypeOf(lines.Interface.prototype), Object.getOwnPropertyDescriptors(lines.Interface.prototype));

class Interface extends Base {
  constructor(input, output, completer, terminal) {
    super();
    Object.defineProperty(this, '_isPromised', { value: true }); // a completer may answer with a promise
    lines.start(this, input, output, completer, terminal);
  }
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const signal = options?.signal;
      if (!signal) {
        lines.ask(this, query, resolve);
        return;
      }
      require('internal/validators').validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) {
        reject(new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      const listening = require('events').addAbortListener(signal, () => {
        lines.cancelQuestion(this);
        reject(new AbortError(undefined, { cause: signal.reason }));
      });
      lines.ask(this, query, (answer) => {
        listening[Symbol.dispose]();
        resolve(answer);
      });
    });
  }
}

// Cursor control that is sent when it is committed.
class Readline {
  #stream;
  #texts = [];
  #isImmediate = false;
  constructor(stream, options = undefined) {
    if (!isWritableNodeStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    this.#stream = stream;
    if (options?.autoCommit !== undefined) {
      require('internal/validators').validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#isImmediate = options.autoCommit;
    }
  }
  #add(text) {
    if (this.#isImmediate) process.nextTick(() => this.#stream.write(text));
    else this.#texts.push(text);
    return this;
  }
  clearLine(dir) {
    require('internal/validators').validateInteger(dir, 'dir', -1, 1);
    return this.#add(dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K');
  }
  clearScreenDown() {
    return this.#add('\x1b[0J');
  }
  cursorTo(x, y = undefined) {
    const { validateInteger } = require('internal/validators');
    validateInteger(x, 'x');
    if (y !== undefined && y !== null) validateInteger(y, 'y');
    return this.#add(y === undefined || y === null ? `\x1b[${x + 1}G` : `\x1b[${y + 1};${x + 1}H`);
  }
  moveCursor(dx, dy) {
    if (dx || dy) {
      const { validateInteger } = require('internal/validators');
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      if (dx !== 0) this.#add(dx < 0 ? `\x1b[${-dx}D` : `\x1b[${dx}C`);
      if (dy !== 0) this.#add(dy < 0 ? `\x1b[${-dy}A` : `\x1b[${dy}B`);
    }
    return this;
  }
  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#texts.join(''), () => resolve());
      this.#texts = [];
    });
  }
  rollback() {
    this.#texts = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
