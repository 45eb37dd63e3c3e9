// SPDX-License-Identifier: MIT
// node:repl: reads a piece of program, runs it in the global scope, prints its value. On a terminal with line editing
// (internal/repl/line_editor), else line by line.
'use strict';

const EventEmitter = require('events');

const COMPLETE = 0, INCOMPLETE = 1; // answers of internalBinding('repl').check
const REPL_MODE_SLOPPY = Symbol('repl-sloppy'), REPL_MODE_STRICT = Symbol('repl-strict');
const CONTINUATION = '| ';

class Recoverable extends SyntaxError { // thrown by an eval function that needs more lines
  constructor(error) {
    super();
    this.err = error;
  }
}

// The REPL's own writer; its options can be changed by programs.
const writer = (value) => require('internal/util/inspect').inspect(value, writer.options);
writer.options = { ...require('internal/util/inspect').inspect.defaultOptions, showProxy: true };

const startsLikeObject = (text) => /^\s*\{/.test(text) && !/;\s*$/.test(text);

// ---- Evaluation ----

class Evaluator {
  #count = 0;

  // The text to run, or undefined while it is no whole program yet. Object literals are taken for expressions.
  prepare(text, strict) {
    const { check } = internalBinding('repl');
    const head = strict ? '\'use strict\'; ' : '';
    if (startsLikeObject(text)) {
      const wrapped = `(${text.trim()}\n)`;
      if (check(head + wrapped, false) === COMPLETE) return { source: head + wrapped, isAsync: false };
    }
    let state = check(head + text, false);
    if (state === COMPLETE) return { source: head + text, isAsync: false };
    if (/\bawait\b/.test(text)) {
      const awaiting = check(head + text, true);
      if (awaiting === COMPLETE) return { source: head + text, isAsync: true };
      if (awaiting === INCOMPLETE) state = INCOMPLETE;
    }
    return state === INCOMPLETE ? undefined : { source: head + text, isAsync: false };
  }

  run({ source, isAsync }) {
    const { compile, runInterruptible } = internalBinding('contextify');
    const name = `REPL${++this.#count}`;
    const { filename } = replModule();
    const result = runInterruptible(compile(source, name, 0, 0, isAsync), undefined, filename);
    if (result !== undefined) return result[0];
    const { codes } = require('internal/errors');
    throw new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED();
  }
}

let theModule;
// What `require` and `import` in the REPL resolve against: the working directory.
function replModule() {
  if (theModule === undefined) {
    const { Module } = require('internal/modules/cjs');
    theModule = new Module('<repl>');
    theModule.filename = require('path').resolve('repl');
    theModule.paths = Module._nodeModulePaths(require('process').cwd());
  }
  return theModule;
}

function furnishGlobals() {
  const module = replModule();
  const { makeRequire } = require('internal/modules/cjs');
  const globals = { require: makeRequire(module), module, exports: module.exports };
  for (const name of Object.keys(globals)) {
    Object.defineProperty(globalThis, name, { value: globals[name], writable: true, enumerable: false, configurable: true });
  }
  require('internal/modules/run_main').defineBuiltinGlobals();
}

// ---- Errors ----

// Without the frames of the REPL itself, and without the place of a syntax error in a file that does not exist.
function trimStack(error) {
  if (internalBinding('util').kindOf(error) !== 3 || typeof error.stack !== 'string') return;
  let { stack } = error;
  if (error.name === 'SyntaxError') stack = stack.replace(/^REPL\d+:\d+\r?\n/, '').replace(/^\s+at\s.*\n?/gm, '');
  const lines = stack.split('\n');
  let end = lines.findIndex((line) => /^\s+at (?:async )?REPL\d+:\d+:\d+$/.test(line));
  if (end === -1) end = lines.findIndex((line) => /^\s+at .*node:(?:repl|internal\/repl)/.test(line));
  stack = (end === -1 ? lines : lines.slice(0, end)).join('\n').trimEnd();
  try {
    error.stack = stack;
  } catch {
    // A frozen error is printed as it is.
  }
}

function errorText(error, write) {
  trimStack(error);
  let text = write(error);
  if (internalBinding('util').kindOf(error) === 3) {
    const lines = text.split('\n');
    // inspect puts an error without frames in brackets.
    if (text.startsWith('[') && text.endsWith(']') && !error.stack?.includes('\n    at')) text = text.slice(1, -1);
    const head = lines.findIndex((line) => /^\[?[A-Z]\w*Error\b/.test(line));
    if (head > 0 && error.name === 'SyntaxError') {
      const all = text.split('\n');
      all[head] = `Uncaught ${all[head]}`;
      return all.join('\n');
    }
    return `Uncaught ${text}`;
  }
  return text.includes('\n') ? `Uncaught:\n${text}` : `Uncaught ${text}`;
}

// ---- The server ----

class REPLServer extends EventEmitter {
  #buffer = ''; // lines of a program that has not ended
  #editing = false; // .editor
  #editor;
  #running = false;
  #queue = [];
  #lines = '';
  #interrupted = false;
  #closed = false;
  #evaluator = new Evaluator();

  constructor(options = {}) {
    super();
    if (typeof options === 'string') options = { prompt: options };
    const process = require('process');
    this.input = options.input ?? process.stdin;
    this.output = options.output ?? process.stdout;
    this.terminal = options.terminal ?? Boolean(this.output.isTTY);
    this.useColors = options.useColors ?? (this.terminal && require('internal/util/colors').shouldColorize(this.output));
    this.ignoreUndefined = Boolean(options.ignoreUndefined);
    this.useGlobal = true;
    this.replMode = options.replMode ?? REPL_MODE_SLOPPY;
    this.writer = options.writer ?? writer;
    this.eval = options.eval ?? this.#evaluate;
    this.context = globalThis;
    this.commands = { __proto__: null };
    this.lines = [];
    this.history = [];
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.last = undefined;
    this.lastError = undefined;
    this.completer = options.completer;
    if (options.eval === undefined) furnishGlobals();
    this.#defineUnderscores();
    for (const name of Object.keys(commands)) this.defineCommand(name, commands[name]);
    this.setPrompt(options.prompt ?? '> ');
    if (this.writer === writer) writer.options = { ...writer.options, colors: this.useColors };
    this.#onFailure = (error) => this.#printError(error);
    process.on('uncaughtException', this.#onFailure);
    if (this.terminal && typeof this.input.setRawMode === 'function') this.#startTerminal();
    else this.#startLines();
    this.displayPrompt();
  }

  #onFailure;

  // `_` and `_error` follow the last results until a program assigns them.
  #defineUnderscores() {
    for (const [name, last, assigned] of [['_', 'last', 'underscoreAssigned'], ['_error', 'lastError', 'underscoreErrAssigned']]) {
      Object.defineProperty(this.context, name, {
        configurable: true,
        enumerable: false,
        get: () => this[last],
        set: (value) => {
          this[last] = value;
          if (this[assigned]) return;
          this[assigned] = true;
          this.output.write(name === '_' ? 'Expression assignment to _ now disabled.\n' : 'Expression assignment to _error now disabled.\n');
        },
      });
    }
  }

  // ---- Input ----

  #startTerminal() {
    const { LineEditor } = require('internal/repl/line_editor');
    this.#editor = new LineEditor(this.output, this.history, {
      line: (line) => this.#onLine(line),
      interrupt: () => this.#interrupt(),
      end: () => this.#end(),
      complete: (before) => this.#complete(before),
    });
    this.input.setEncoding('utf8');
    this.input.setRawMode(true);
    this.input.on('data', (data) => {
      if (this.#running) this.#queue.push(data);
      else this.#editor.feed(data);
    });
    this.input.on('end', () => this.close());
    this.output.on?.('resize', () => this.#editor.draw());
  }

  #startLines() {
    this.input.setEncoding?.('utf8');
    this.input.on('data', (data) => {
      this.#lines += data;
      this.#pumpLines();
    });
    this.input.on('end', () => {
      if (this.#lines !== '') this.#lines += '\n';
      this.#pumpLines(true);
    });
    this.input.resume?.();
  }

  #ended = false;
  #pumpLines(ended = this.#ended) {
    this.#ended = ended;
    while (!this.#running && !this.#closed) {
      const newline = this.#lines.indexOf('\n');
      if (newline === -1) break;
      const line = this.#lines.slice(0, newline).replace(/\r$/, '');
      this.#lines = this.#lines.slice(newline + 1);
      if (this.terminal) this.output.write(`${line}\n`);
      this.#onLine(line);
    }
    if (ended && !this.#running && !this.#closed) {
      if (!this.terminal) this.output.write('\n');
      this.close();
    }
  }

  #interrupt() {
    this.#editor.leave();
    const wasEmpty = this.#buffer === '' && this.#editor.text === '' && !this.#editing;
    this.#editor.reset();
    this.clearBufferedCommand();
    this.#editing = false;
    if (wasEmpty) {
      if (this.#interrupted) return this.close();
      this.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
      this.#interrupted = true;
    }
    this.displayPrompt();
    return undefined;
  }

  #end() {
    if (!this.#editing) {
      this.output.write('\n');
      this.close();
      return;
    }
    this.#editing = false;
    this.output.write('\n');
    const text = this.#buffer;
    this.#buffer = '';
    this.#run(text, true);
  }

  #complete(before) {
    if (typeof this.completer === 'function') {
      const { 0: candidates, 1: prefix } = this.completer(before) ?? [[], ''];
      return { candidates, prefix };
    }
    const lookup = (name) => {
      if (!internalBinding('repl').lexicalNames().includes(name)) return undefined;
      try {
        const { compile, run } = internalBinding('contextify');
        return { value: run(compile(name, 'REPL'), undefined, undefined) };
      } catch {
        return undefined; // not initialised yet
      }
    };
    try {
      return require('internal/repl/complete').complete(before, this.commands, lookup);
    } catch {
      return { candidates: [], prefix: '' }; // an object that refuses to be looked at
    }
  }

  #onLine(line) {
    this.#interrupted = false;
    this.emit('line', line);
    if (line.trim() !== '' && this.#editor !== undefined) {
      if (this.history[0] !== line) this.history.unshift(line);
      if (this.history.length > 1000) this.history.pop();
      this.emit('history', this.history);
    }
    if (this.#editing) {
      this.#buffer += `${line}\n`;
      this.displayPrompt();
      return;
    }
    const command = /^\s*\.([a-z]\w*)\s*(.*?)\s*$/i.exec(line);
    if (command !== null && (this.commands[command[1]] !== undefined || this.#buffer === '')) {
      if (this.commands[command[1]] !== undefined) {
        this.commands[command[1]].action.call(this, command[2]);
      } else {
        this.output.write('Invalid REPL keyword\n');
        this.displayPrompt();
      }
      return;
    }
    if (this.#buffer === '' && line.trim() === '') {
      this.displayPrompt();
      return;
    }
    this.#run(`${this.#buffer}${line}\n`, false);
  }

  // ---- Running ----

  #evaluate(text, context, file, callback) {
    let prepared;
    try {
      prepared = this.#evaluator.prepare(text, this.replMode === REPL_MODE_STRICT);
      if (prepared === undefined) return callback(new Recoverable(new SyntaxError('Unexpected end of input')));
      const value = this.#evaluator.run(prepared);
      if (prepared.isAsync) return value.then((result) => callback(null, result), (error) => callback(error, undefined, true));
      return callback(null, value);
    } catch (error) {
      return callback(error, undefined, true);
    }
  }

  #run(text, whole) {
    this.#running = true;
    const raw = this.#editor !== undefined && this.input.isRaw;
    if (raw) this.input.setRawMode(false); // Ctrl+C ends a program that does not end
    const finish = (error, value, failed = error != null) => {
      if (raw && !this.#closed) this.input.setRawMode(true);
      if (failed && error instanceof Recoverable && !whole) {
        this.#buffer = text;
      } else {
        this.#buffer = '';
        this.lines.push(...text.split('\n').slice(0, -1));
        if (failed) this.#printError(error instanceof Recoverable ? error.err : error, true);
        else this.#printValue(value);
      }
      this.#running = false;
      if (this.#closed) return;
      this.displayPrompt();
      const waiting = this.#queue.splice(0);
      for (const data of waiting) this.#running ? this.#queue.push(data) : this.#editor.feed(data);
      if (this.#editor === undefined && this.#lines !== '') require('process').nextTick(() => this.#pumpLines());
      else if (this.#ended) require('process').nextTick(() => this.#pumpLines());
    };
    try {
      this.eval(text, this.context, 'repl', finish);
    } catch (error) {
      finish(error, undefined, true);
    }
  }

  #write(value) {
    if (this.writer !== writer) return this.writer(value);
    return require('internal/util/inspect').inspect(value, { ...writer.options, breakLength: this.output.columns || 80 });
  }

  #printValue(value) {
    if (!this.underscoreAssigned) this.last = value;
    if (this.ignoreUndefined && value === undefined) return;
    let text;
    try {
      text = this.#write(value);
    } catch (error) {
      this.#printError(error);
      return;
    }
    this.output.write(`${text}\n`);
  }

  #printError(error, ofProgram = false) {
    if (!this.underscoreErrAssigned) this.lastError = error;
    let text;
    try {
      text = errorText(error, (value) => this.#write(value));
    } catch {
      text = 'Uncaught [an error that cannot be printed]';
    }
    if (!ofProgram && this.#editor !== undefined) this.output.write('\r\u001b[J');
    this.output.write(`${text}\n`);
    if (!ofProgram && !this.#running) this.displayPrompt(true);
  }

  // ---- For programs ----

  setPrompt(prompt) {
    this._prompt = prompt;
    this._initialPrompt = prompt;
  }

  getPrompt() {
    return this._initialPrompt;
  }

  displayPrompt(preserveCursor) {
    if (this.#closed) return;
    const prompt = this.#editing ? '' : this.#buffer === '' ? this._initialPrompt : CONTINUATION;
    if (this.#editor === undefined) {
      this.output.write(prompt);
      return;
    }
    this.#editor.setPrompt(prompt);
    if (!preserveCursor) this.#editor.reset();
    this.#editor.rowsAbove = 0;
    this.#editor.draw();
  }

  prompt(preserveCursor) {
    this.displayPrompt(preserveCursor);
  }

  clearBufferedCommand() {
    this.#buffer = '';
  }

  defineCommand(name, command) {
    if (typeof command === 'function') command = { action: command };
    else require('internal/validators').validateFunction(command.action, 'cmd.action');
    this.commands[name] = command;
  }

  // Lines that other sessions wrote, newest first in `history`; new ones are added to the file.
  setupHistory(path, callback) {
    require('internal/repl/history').attach(this, path, callback);
  }

  startEditor() {
    if (!this.terminal) return;
    this.#editing = true;
    this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
    this.displayPrompt();
  }

  // Runs lines as if they were typed.
  feedLines(text) {
    for (const line of text.split('\n')) {
      if (this.#running) break;
      this.#onLine(line);
    }
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#editor !== undefined && this.input.isRaw) this.input.setRawMode(false);
    require('process').removeListener('uncaughtException', this.#onFailure);
    this.input.pause?.();
    this.emit('close');
    this.emit('exit');
  }
}

// ---- Commands ----

const commands = {
  break: {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  },
  clear: {
    help: 'Alias for .break',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  },
  editor: {
    help: 'Enter editor mode',
    action() {
      this.startEditor();
    },
  },
  exit: {
    help: 'Exit the REPL',
    action() {
      this.close();
    },
  },
  help: {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort(), width = Math.max(...names.map((name) => name.length));
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(`.${name}${help ? ' '.repeat(width - name.length + 3) + help : ''}\n`);
      }
      this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
      this.displayPrompt();
    },
  },
  load: {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      try {
        const text = require('fs').readFileSync(file, 'utf8');
        this.feedLines(text.replace(/\n$/, ''));
      } catch {
        this.output.write(`Failed to load: ${file}\n`);
        this.displayPrompt();
      }
    },
  },
  save: {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      try {
        require('fs').writeFileSync(file, `${this.lines.join('\n')}\n`);
        this.output.write(`Session saved to: ${file}\n`);
      } catch {
        this.output.write(`Failed to save: ${file}\n`);
      }
      this.displayPrompt();
    },
  },
};

// Does the text stand as a line of its own?
function isValidSyntax(code) {
  const { compile } = internalBinding('contextify');
  const isOne = (text) => {
    try {
      compile(text, 'REPL', 0, 0, true);
      return true;
    } catch {
      return false;
    }
  };
  return isOne(code) || isOne(`_=${code}`);
}

module.exports = {
  isValidSyntax,
  start: (options) => new REPLServer(options),
  writer,
  REPLServer,
  REPL_MODE_SLOPPY,
  REPL_MODE_STRICT,
  Recoverable,
  get builtinModules() {
    return require('module').builtinModules.filter((name) => !name.startsWith('_'));
  },
};
