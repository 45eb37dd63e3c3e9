// SPDX-License-Identifier: MIT
// Interface: lines out of any readable stream, questions, prompts. On a terminal in raw mode the keys go to the line editor of the REPL.
'use strict';

const EventEmitter = require('events');
const { codes, AbortError } = require('internal/errors');
const { nextTick } = internalBinding('process');

const kDecoder = Symbol('decoder'), kRest = Symbol('rest'), kSawReturnAt = Symbol('sawReturnAt'), kPrompt = Symbol('prompt');
const kOldPrompt = Symbol('oldPrompt'), kQuestion = Symbol('question'), kEditor = Symbol('editor'), kLines = Symbol('lines');
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
  for (const name of [kRest, kEditor, kLines, kQuestion, kOldPrompt]) {
    Object.defineProperty(self, name, { value: undefined, writable: true, enumerable: false });
  }
  Object.defineProperty(self, kSawReturnAt, { value: 0, writable: true, enumerable: false });
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
  if (self[kSawReturnAt] && Date.now() - self[kSawReturnAt] <= self.crlfDelay) {
    if (text[0] === '\n') text = text.slice(1);
    self[kSawReturnAt] = 0;
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
  self[kSawReturnAt] = text.endsWith('\r') ? Date.now() : 0;
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

function complete(self, before, callback) {
  const { completer } = self;
  const done = (error, result) => callback(error ? [[], before] : result);
  if (completer.length === 2) completer(before, done);
  else Promise.resolve(completer(before)).then((result) => done(null, result), done);
}

// What the editor of lines asks for is synchronous: a completer that answers later completes nothing.
function candidatesOf(self, before) {
  let result = [[], before];
  if (typeof self.completer === 'function') {
    if (self.completer.length === 2) {
      complete(self, before, (given) => {
        result = given;
      });
    } else {
      const given = self.completer(before);
      if (Array.isArray(given)) result = given;
    }
  }
  return { candidates: result[0] ?? [], prefix: result[1] ?? before };
}

function remember(self, line) {
  if (line.length === 0 || self.historySize === 0) return;
  if (self.removeHistoryDuplicates) self.history = self.history.filter((old) => old !== line);
  if (self.history[0] !== line) self.history.unshift(line);
  if (self.history.length > self.historySize) self.history.length = self.historySize;
  self.emit('history', self.history);
}

function startTerminal(self) {
  const { LineEditor } = require('internal/repl/line_editor');
  const editor = self[kEditor] = new LineEditor(self.output, self.history, {
    line(line) {
      remember(self, line);
      self[kLine](line);
    },
    interrupt() {
      if (self.listenerCount('SIGINT') > 0) self.emit('SIGINT');
      else self.close();
    },
    end: () => self.close(),
    complete: (before) => candidatesOf(self, before),
  });
  editor.setPrompt(self[kPrompt]);
  self.cursor = 0;
  if (typeof self.input.setRawMode === 'function') self.input.setRawMode(true);
  self.terminal = true;
  listen(self, (data) => editor.feed(typeof data === 'string' ? data : self[kDecoder].write(data)), () => self.close());
  const onResize = () => editor.draw();
  self.output?.on?.('resize', onResize);
  self.once('close', () => {
    self.output?.removeListener?.('resize', onResize);
    if (typeof self.input.setRawMode === 'function') self.input.setRawMode(false);
  });
}

// ---- Methods ----

function checkOpen(self) {
  if (self.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
}

function put(self, text) {
  require('internal/validators').validateString(text, 'stringToWrite');
  if (self.output !== null && self.output !== undefined) self.output.write(text);
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
  put(self, '\r\n');
}

const methods = {
  getPrompt() {
    return this[kPrompt];
  },
  setPrompt(prompt) {
    this[kPrompt] = prompt;
    if (this[kEditor] !== undefined) this[kEditor].setPrompt(prompt);
  },
  prompt(preserveCursor) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this[kEditor] === undefined) {
      put(this, this[kPrompt]);
      return;
    }
    if (!preserveCursor) this[kEditor].reset();
    this[kEditor].draw();
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
    if (this[kEditor] === undefined) splitLines(this, data);
    else if (typeof data === 'string') this[kEditor].feed(data);
    else if (key?.ctrl && typeof key.name === 'string') this[kEditor].feed(String.fromCharCode(key.name.charCodeAt(0) & 31));
    else if (key?.sequence) this[kEditor].feed(key.sequence);
  },
  getCursorPos() {
    const { getStringWidth } = require('internal/util/inspect');
    const before = this[kEditor] === undefined ? '' : this[kEditor].text.slice(0, this[kEditor].cursor);
    const width = getStringWidth(this[kPrompt] + before), columns = this.output?.columns || Infinity;
    return { cols: width % columns, rows: Math.floor(width / columns) };
  },
  close() {
    if (this.closed) return;
    this.pause();
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
for (const name of Reflect.ownKeys(methods)) {
  Object.defineProperty(Interface.prototype, name, { value: methods[name], writable: true, configurable: true, enumerable: typeof name === 'string' });
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
