// SPDX-License-Identifier: MIT
// fs.Dir: a folder whose entries were read when it was opened.
'use strict';

const { complete } = internalBinding('timers');
const { codes } = require('internal/errors');

function checkCallback(callback) {
  require('internal/validators').validateFunction(callback, 'cb');
}

class Dir {
  #path;
  #entries;
  #index = 0;
  #closed = false;
  constructor(path, entries) {
    this.#path = path;
    this.#entries = entries;
  }
  get path() {
    return this.#path;
  }
  #check() {
    if (this.#closed) throw new codes.ERR_DIR_CLOSED();
  }
  readSync() {
    this.#check();
    return this.#entries[this.#index++] ?? null;
  }
  read(callback) {
    if (callback === undefined) return Promise.resolve().then(() => this.readSync());
    checkCallback(callback);
    complete(callback, null, this.readSync());
  }
  closeSync() {
    this.#check();
    this.#closed = true;
  }
  close(callback) {
    if (callback === undefined) return Promise.resolve().then(() => this.closeSync());
    checkCallback(callback);
    this.closeSync();
    complete(callback, null);
  }
  async *entries() {
    try {
      for (let entry; (entry = await this.read()) !== null;) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }
  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }
  async [Symbol.asyncDispose]() {
    if (!this.#closed) this.closeSync();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, { value: Dir.prototype.entries, writable: true, configurable: true, enumerable: false });

module.exports = { Dir };
