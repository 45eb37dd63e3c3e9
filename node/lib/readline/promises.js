// SPDX-License-Identifier: MIT
// readline with promises.
'use strict';

const readline = require('readline');
const { AbortError } = require('internal/errors');

class Interface extends readline.Interface {
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const signal = options?.signal;
      if (signal?.aborted) {
        reject(new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      signal?.addEventListener('abort', () => reject(new AbortError(undefined, { cause: signal.reason })), { once: true });
      super.question(query, options, resolve);
    });
  }
}

class Readline {
  #stream;
  #actions = [];
  #auto;
  constructor(stream, options = {}) {
    this.#stream = stream;
    this.#auto = options?.autoCommit;
  }
  #add(f) {
    if (this.#auto) f();
    else this.#actions.push(f);
    return this;
  }
  clearLine(dir) { return this.#add(() => readline.clearLine(this.#stream, dir)); }
  clearScreenDown() { return this.#add(() => readline.clearScreenDown(this.#stream)); }
  cursorTo(x, y) { return this.#add(() => readline.cursorTo(this.#stream, x, y)); }
  moveCursor(dx, dy) { return this.#add(() => readline.moveCursor(this.#stream, dx, dy)); }
  commit() {
    for (const f of this.#actions.splice(0)) f();
    return Promise.resolve();
  }
  rollback() {
    this.#actions = [];
    return this;
  }
}

module.exports = { Interface, Readline, createInterface: (...args) => new Interface(...args) };
