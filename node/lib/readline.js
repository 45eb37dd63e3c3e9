// SPDX-License-Identifier: MIT
// Lines from a stream, questions, and cursor control. On a terminal the line editor of the REPL is a separate thing.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { codes } = require('internal/errors');

class Interface extends EventEmitter {
  #decoder = new StringDecoder('utf8');
  #rest = '';
  #sawReturn = false;
  #questions = [];
  #onData;
  #onEnd;
  constructor(input, output, completer, terminal) {
    super();
    let options = input;
    if (!options || typeof options.on === 'function') options = { input, output, completer, terminal };
    if (!options.input || typeof options.input.on !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('input', 'Stream', options.input);
    this.input = options.input;
    this.output = options.output;
    this.terminal = options.terminal ?? !!(options.output && options.output.isTTY);
    this.line = '';
    this.cursor = 0;
    this.history = options.history ?? [];
    this.closed = false;
    this.paused = false;
    this._prompt = options.prompt === undefined ? '> ' : `${options.prompt}`;
    this.#onData = (chunk) => this.#write(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
    this.#onEnd = () => {
      const rest = this.#rest + this.#decoder.end();
      this.#rest = '';
      if (rest.length > 0) this.#deliver(rest);
      this.close();
    };
    this.input.on('data', this.#onData);
    this.input.on('end', this.#onEnd);
    if (options.signal) {
      if (options.signal.aborted) process.nextTick(() => this.close());
      else options.signal.addEventListener('abort', () => this.close(), { once: true });
    }
    this.input.resume();
  }
  #write(text) {
    if (this.closed) return;
    if (this.#sawReturn && text[0] === '\n') text = text.slice(1);
    this.#sawReturn = text.endsWith('\r');
    const parts = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = parts.pop();
    for (const part of parts) {
      if (this.closed) return;
      this.#deliver(part);
    }
  }
  #deliver(line) {
    const question = this.#questions.shift();
    if (question) question(line);
    else this.emit('line', line);
  }
  getPrompt() {
    return this._prompt;
  }
  setPrompt(prompt) {
    this._prompt = `${prompt}`;
  }
  prompt() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) this.resume();
    this.output?.write(this._prompt);
  }
  question(query, options, callback) {
    if (typeof options === 'function') [options, callback] = [{}, options];
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (typeof callback !== 'function') return;
    this.output?.write(`${query}`);
    this.#questions.push(callback);
    if (options?.signal) {
      options.signal.addEventListener('abort', () => {
        const at = this.#questions.indexOf(callback);
        if (at !== -1) this.#questions.splice(at, 1);
      }, { once: true });
    }
    if (this.paused) this.resume();
  }
  pause() {
    if (this.closed || this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }
  resume() {
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }
  write(data) {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (typeof data === 'string') this.#write(data);
  }
  getCursorPos() {
    return { rows: 0, cols: this.cursor };
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input.removeListener('data', this.#onData);
    this.input.removeListener('end', this.#onEnd);
    this.input.pause();
    this.emit('close');
  }
  [Symbol.dispose]() {
    this.close();
  }
  [Symbol.asyncIterator]() {
    const lines = [], waiting = [];
    let ended = this.closed;
    this.on('line', (line) => (waiting.length ? waiting.shift()({ value: line, done: false }) : lines.push(line)));
    this.on('close', () => {
      ended = true;
      for (const resolve of waiting.splice(0)) resolve({ value: undefined, done: true });
    });
    const self = this;
    return {
      next() {
        if (lines.length) return Promise.resolve({ value: lines.shift(), done: false });
        if (ended) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => waiting.push(resolve));
      },
      return() {
        self.close();
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  return new Promise((resolve) => this.question(query, options ?? {}, resolve));
};

function send(stream, text, callback) {
  if (stream == null) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function emitKeypressEvents(stream) {
  stream.on('data', (chunk) => {
    for (const match of String(chunk).matchAll(/\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])|[\s\S]/gu)) {
      const sequence = match[0];
      const names = { '\r': 'return', '\n': 'enter', '\t': 'tab', '\x7f': 'backspace', '\b': 'backspace', '\x1b': 'escape', ' ': 'space',
        '\x1b[A': 'up', '\x1b[B': 'down', '\x1b[C': 'right', '\x1b[D': 'left', '\x1b[H': 'home', '\x1b[F': 'end', '\x1b[3~': 'delete' };
      const key = { sequence, name: names[sequence], ctrl: false, meta: false, shift: false };
      if (key.name === undefined && sequence <= '\x1a') {
        key.name = String.fromCharCode(sequence.charCodeAt(0) + 96);
        key.ctrl = true;
      } else if (key.name === undefined && sequence.length === 1) {
        key.name = sequence.toLowerCase();
        key.shift = /^[A-Z]$/.test(sequence);
      }
      stream.emit('keypress', sequence.length === 1 || sequence[0] !== '\x1b' ? sequence : undefined, key);
    }
  });
}

module.exports = {
  Interface,
  createInterface: (input, output, completer, terminal) => new Interface(input, output, completer, terminal),
  clearLine: (stream, dir, callback) => send(stream, dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K', callback),
  clearScreenDown: (stream, callback) => send(stream, '\x1b[0J', callback),
  cursorTo(stream, x, y, callback) {
    if (typeof y === 'function') [y, callback] = [undefined, y];
    return send(stream, typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
  },
  moveCursor: (stream, dx, dy, callback) => send(stream,
    `${dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : ''}${dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : ''}`, callback),
  emitKeypressEvents,
};
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('readline/promises'),
});
