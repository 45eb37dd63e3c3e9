// SPDX-License-Identifier: MIT
// Interface: lines out of any readable stream, questions, prompts. On a terminal in raw mode keys edit the line (internal/readline/editing).
'use strict';

const EventEmitter = require('events');
const { codes, AbortError } = require('internal/errors');
const { methods: editing, prepareEditing } = require('internal/readline/editing');

const { nextTick } = internalBinding('process');

const kDecoder = Symbol('decoder'), kRest = Symbol('rest'), kPrompt = Symbol('prompt');
const kOldPrompt = Symbol('oldPrompt'), kQuestion = Symbol('question'), kLines = Symbol('lines');
const kLine = Symbol('line');

const MIN_CRLF_DELAY = 100;
const lineEnd = /\r?\n|\r(?!\n)|\u2028|\u2029/g;

// ---- Options ----

function takeOptions(self, options) {
  const { validateUint32, validateNumber, validateArray, validateAbortSignal } = require('internal/validators');
  const { completer, prompt, crlfDelay, tabSize, escapeCodeTimeout, historySize, history, signal } = options;
  if (signal) validateAbortSignal(signal, 'options.signal');
  if (completer !== undefined && typeof completer !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
  self.escapeCodeTimeout = 500;
  if (escapeCodeTimeout !== undefined) {
    if (!Number.isFinite(escapeCodeTimeout)) throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', self.escapeCodeTimeout);
    self.escapeCodeTimeout = escapeCodeTimeout;
  }
  if (tabSize !== undefined) validateUint32(tabSize, 'tabSize', true);
  self.tabSize = tabSize || 8;
  if (prompt !== undefined) self[kPrompt] = `${prompt}`;
  if (history !== undefined) validateArray(history, 'history');
  if (historySize !== undefined) validateNumber(historySize, 'size', 0);
  self.history = history ?? [];
  self.historyIndex = -1;
  self.historySize = historySize ?? 30;
  self.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  self.crlfDelay = crlfDelay ? Math.max(MIN_CRLF_DELAY, crlfDelay) : MIN_CRLF_DELAY;
  self.completer = completer;
}

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  start(this, input, output, completer, terminal);
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function start(self, input, output, completer, terminal) {
  EventEmitter.call(self);
  const options = input && typeof input.on !== 'function' && input.input ? input : { input, output, completer, terminal };
  for (const name of [kRest, kLines, kQuestion, kOldPrompt]) {
    Object.defineProperty(self, name, { value: undefined, writable: true, enumerable: false });
  }
  Object.defineProperty(self, '_sawReturnAt', { value: 0, writable: true, enumerable: false });
  Object.defineProperty(self, kPrompt, { value: '> ', writable: true, enumerable: false });
  Object.defineProperty(self, kDecoder, { value: undefined, writable: true, enumerable: false });
  takeOptions(self, options);
  self.line = '';
  self.output = options.output;
  self.input = options.input;
  self.terminal = options.terminal === undefined && options.output ? Boolean(options.output.isTTY) : Boolean(options.terminal);
  if (!self.input || typeof self.input.on !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('input', 'Stream', self.input);
  const { StringDecoder } = require('string_decoder');
  self[kDecoder] = new StringDecoder('utf8');
  if (self.terminal) startTerminal(self);
  else startLines(self);
  closeBySignal(self, options.signal);
  self.input.resume();
}

function closeBySignal(self, signal) {
  if (!signal) return;
  const onAbort = () => self.close();
  if (signal.aborted) {
    nextTick(onAbort);
    return;
  }
  const listening = EventEmitter.addAbortListener(signal, onAbort);
  self.once('close', listening[Symbol.dispose]);
}

function listen(self, onData, onEnd) {
  const { input } = self;
  const onError = (error) => self.emit('error', error);
  input.on('error', onError);
  input.on('data', onData);
  input.on('end', onEnd);
  self.once('close', () => {
    input.removeListener('data', onData);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
  });
}

// ---- Lines ----

function startLines(self) {
  listen(self, (data) => splitLines(self, data), () => {
    if (typeof self[kRest] === 'string' && self[kRest].length > 0) self.emit('line', self[kRest]);
    self.close();
  });
}

function splitLines(self, data) {
  if (data === undefined) return;
  let text = self[kDecoder].write(data);
  if (self._sawReturnAt && Date.now() - self._sawReturnAt <= self.crlfDelay) {
    if (text[0] === '\n') text = text.slice(1);
    self._sawReturnAt = 0;
  }
  lineEnd.lastIndex = 0;
  if (!lineEnd.test(text)) { // only what is new is searched
    if (text) self[kRest] = self[kRest] ? self[kRest] + text : text;
    return;
  }
  if (self[kRest]) {
    text = self[kRest] + text;
    self[kRest] = undefined;
  }
  self._sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
  const lines = text.split(lineEnd);
  self[kRest] = lines.pop();
  for (const line of lines) self[kLine](line);
}

Interface.prototype[kLine] = function(line) {
  const answer = this[kQuestion];
  if (answer === undefined) {
    this.emit('line', line);
    return;
  }
  this[kQuestion] = undefined;
  this.setPrompt(this[kOldPrompt]);
  answer(line);
};

// ---- Terminals ----

function startTerminal(self) {
  prepareEditing(self);
  const { input, output } = self;
  const onKey = (text, key) => {
    self._ttyWrite(text, key);
    // Half a character has been written: draw the whole.
    if (key?.sequence && /^[\ud800-\udfff]/u.test(key.sequence) && !self.closed) self._refreshLine();
  };
  const onEnd = () => {
    if (self.line.length > 0) self.emit('line', self.line);
    self.close();
  };
  const onError = (error) => self.emit('error', error);
  const onResize = () => self._refreshLine();
  if (process.env.TERM === 'dumb') self._ttyWrite = self._ttyWriteDumb;
  require('internal/readline/keys').emitKeypressEvents(input, self);
  input.on('error', onError);
  input.on('keypress', onKey);
  input.on('end', onEnd);
  self._setRawMode(true);
  self.terminal = true;
  output?.on?.('resize', onResize);
  self.once('close', () => {
    input.removeListener('error', onError);
    input.removeListener('keypress', onKey);
    input.removeListener('end', onEnd);
    output?.removeListener?.('resize', onResize);
  });
}

// ---- Methods ----

function checkOpen(self) {
  if (self.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
}

function ask(self, query, callback) {
  checkOpen(self);
  if (self[kQuestion] !== undefined) {
    self.prompt();
    return;
  }
  self[kOldPrompt] = self[kPrompt];
  self.setPrompt(query);
  self[kQuestion] = callback;
  self.prompt();
}

function cancelQuestion(self) {
  if (self[kQuestion] === undefined) return;
  self[kQuestion] = undefined;
  self.setPrompt(self[kOldPrompt]);
  self._writeToOutput('\r\n');
}

const methods = {
  getPrompt() {
    return this[kPrompt];
  },
  setPrompt(prompt) {
    this[kPrompt] = prompt;
  },
  prompt(preserveCursor) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (!this.terminal || process.env.TERM === 'dumb') {
      this._writeToOutput(this[kPrompt]);
      return;
    }
    if (!preserveCursor) this.cursor = 0;
    this._refreshLine();
  },
  question(query, options, callback) {
    callback = typeof options === 'function' ? options : callback;
    if (options && typeof options === 'object' && options.signal) {
      const { signal } = options;
      require('internal/validators').validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      const listening = EventEmitter.addAbortListener(signal, () => cancelQuestion(this));
      const answer = callback;
      callback = typeof answer === 'function' ? (line) => {
        listening[Symbol.dispose]();
        return answer(line);
      } : listening[Symbol.dispose];
    }
    if (typeof callback === 'function') ask(this, query, callback);
  },
  pause() {
    checkOpen(this);
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },
  resume() {
    checkOpen(this);
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },
  write(data, key) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else splitLines(this, data);
  },
  get columns() {
    return this.output?.columns || Infinity;
  },
  _onLine(line) {
    this[kLine](line);
  },
  _normalWrite(data) {
    splitLines(this, data);
  },
  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },
  [Symbol.dispose]() {
    this.close();
  },
  [Symbol.asyncIterator]() {
    return (this[kLines] ??= new LineIterator(this));
  },
};
for (const source of [methods, editing]) {
  for (const name of Reflect.ownKeys(source)) {
    const descriptor = Object.getOwnPropertyDescriptor(source, name);
    Object.defineProperty(Interface.prototype, name, { ...descriptor, enumerable: typeof name === 'string' && descriptor.value !== undefined });
  }
}
// As they are called for programs of old.
for (const [name, symbol] of [['_prompt', kPrompt], ['_oldPrompt', kOldPrompt], ['_questionCallback', kQuestion], ['_decoder', kDecoder], ['_line_buffer', kRest]]) {
  Object.defineProperty(Interface.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      return this[symbol];
    },
    set(value) {
      this[symbol] = value;
    },
  });
}

Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  options = options && typeof options === 'object' ? options : {};
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    if (!signal) {
      this.question(query, options, resolve);
      return;
    }
    const listening = EventEmitter.addAbortListener(signal, () => reject(new AbortError(undefined, { cause: signal.reason })));
    this.question(query, options, (answer) => {
      listening[Symbol.dispose]();
      resolve(answer);
    });
  });
};

// ---- for await ----

const HIGH = 1024; // lines that wait before the input is paused

class LineIterator {
  #self;
  #lines = [];
  #first = 0;
  #waiting = [];
  #error;
  #isOver;
  #isPaused = false;
  #onLine = (line) => this.#give(line);
  #onClose = () => this.#end();
  #onError = (error) => this.#fail(error);
  constructor(self) {
    this.#self = self;
    this.#isOver = Boolean(self.closed);
    self.on('line', this.#onLine);
    self.on('close', this.#onClose);
    self.on('error', this.#onError);
  }
  #give(line) {
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) {
      waiter.resolve({ done: false, value: line });
      return;
    }
    this.#lines.push(line);
    if (this.#lines.length - this.#first <= HIGH || this.#isPaused || this.#self.closed) return;
    this.#isPaused = true;
    this.#self.pause();
  }
  #take() {
    const line = this.#lines[this.#first++];
    if (this.#first === this.#lines.length) {
      this.#lines = [];
      this.#first = 0;
      if (this.#isPaused) {
        this.#isPaused = false;
        if (!this.#self.closed) this.#self.resume();
      }
    }
    return line;
  }
  #detach() {
    this.#isOver = true;
    this.#self.removeListener('line', this.#onLine);
    this.#self.removeListener('close', this.#onClose);
    this.#self.removeListener('error', this.#onError);
  }
  #end() {
    // Lines of the last chunk may still come after 'close'.
    this.#isOver = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
  }
  #fail(error) {
    this.#detach();
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#error = { error };
    else waiter.reject(error);
    this.#end();
  }
  next() {
    if (this.#first < this.#lines.length) return Promise.resolve({ done: false, value: this.#take() });
    if (this.#error !== undefined) {
      const { error } = this.#error;
      this.#error = undefined;
      return Promise.reject(error);
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }
  return() {
    this.#detach();
    this.#end();
    this.#self.close();
    return Promise.resolve({ done: true, value: undefined });
  }
  throw(error) {
    this.#detach();
    this.#end();
    return Promise.reject(error);
  }
  [Symbol.asyncIterator]() {
    return this;
  }
}

module.exports = { Interface, start, ask, cancelQuestion };
