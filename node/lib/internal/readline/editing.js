// SPDX-License-Identifier: MIT
// The half of Interface that edits a line on a terminal, as methods of its prototype. Programs replace some of them (_writeToOutput, _ttyWrite)
// and look at line, cursor, history and prevRows, so that everything goes through `this`.
'use strict';

const { getStringWidth } = require('internal/util/inspect');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');

const MAX_UNDO = 2048, MAX_KILLED = 32;
const lineEnd = /\r\n|\n|\r|\u2028|\u2029/g;
const escapes = /[\u001b\u009b][[\]()#;?]*(?:(?:(?:[a-zA-Z\d]*(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?\u0007)|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;

// The state that the editor adds to an Interface.
function prepareEditing(self) {
  for (const [name, value] of [['_undoStack', []], ['_redoStack', []], ['_killRing', []], ['_killRingCursor', 0], ['_yanking', false], ['_search', null],
    ['_previousKey', null], ['_sawKeyPress', false]]) {
    Object.defineProperty(self, name, { value, writable: true, configurable: true, enumerable: false });
  }
  self.isCompletionEnabled = true;
  self.cursor = 0;
}

function lengthLeft(text, i) {
  if (i <= 0) return 0;
  return i > 1 && /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(i - 2, i)) ? 2 : 1;
}

function lengthAt(text, i) {
  if (text.length <= i) return 1; // as if there were one
  return text.codePointAt(i) >= 0x10000 ? 2 : 1;
}

function reversed(text) {
  return [...text].reverse().join('');
}

function commonPrefix(texts) {
  if (texts.length === 0) return '';
  const sorted = texts.toSorted(), [min] = sorted, max = sorted[sorted.length - 1];
  let i = 0;
  while (i < min.length && min[i] === max[i]) i++;
  return min.slice(0, i);
}

const methods = {
  // ---- Drawing ----
  _writeToOutput(text) {
    require('internal/validators').validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  },
  _getDisplayPos(text) {
    const { columns } = this;
    let offset = 0, rows = 0;
    for (const char of text.replace(escapes, '')) {
      if (char === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (char === '\t') {
        offset += this.tabSize - (offset % this.tabSize);
      } else {
        const width = getStringWidth(char, false);
        if (width === 2 && (offset + 1) % columns === 0) offset++;
        offset += width;
      }
    }
    const cols = offset % columns;
    return { cols, rows: rows + (offset - cols) / columns };
  },
  getCursorPos() {
    return this._getDisplayPos(this.getPrompt() + this.line.slice(0, this.cursor));
  },
  _getCursorPos() {
    return this.getCursorPos();
  },
  _refreshLine() {
    const text = this.getPrompt() + this.line;
    const end = this._getDisplayPos(text), at = this.getCursorPos();
    if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(text);
    if (end.cols === 0) this._writeToOutput(' '); // the terminal goes to the next line only now
    cursorTo(this.output, at.cols);
    if (end.rows > at.rows) moveCursor(this.output, 0, at.rows - end.rows);
    this.prevRows = at.rows;
  },
  _moveCursor(distance) {
    if (distance === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.max(0, Math.min(this.line.length, this.cursor + distance));
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },
  clearLine() {
    this._moveCursor(+Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },
  _setRawMode(mode) {
    const { isRaw } = this.input;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return isRaw;
  },

  // ---- Changing ----
  _beforeEdit() {
    if (this._undoStack.push({ text: this.line, cursor: this.cursor }) > MAX_UNDO) this._undoStack.shift();
  },
  _set(text, cursor) {
    this.line = text;
    this.cursor = cursor;
    this._refreshLine();
  },
  _insertString(text) {
    this._beforeEdit();
    if (this.cursor < this.line.length) {
      this._set(this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor), this.cursor + text.length);
      return;
    }
    const before = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    // Pasted text is only written.
    if (before.rows < this.getCursorPos().rows && this.isCompletionEnabled) this._refreshLine();
    else this._writeToOutput(text);
  },
  _deleteLeft() {
    if (this.cursor === 0 || this.line.length === 0) return;
    this._beforeEdit();
    const at = this.cursor - lengthLeft(this.line, this.cursor);
    this._set(this.line.slice(0, at) + this.line.slice(this.cursor), at);
  },
  _deleteRight() {
    if (this.cursor >= this.line.length) return;
    this._beforeEdit();
    this._set(this.line.slice(0, this.cursor) + this.line.slice(this.cursor + lengthAt(this.line, this.cursor)), this.cursor);
  },
  _deleteWordLeft() {
    if (this.cursor === 0) return;
    this._beforeEdit();
    const at = this.cursor - this._wordBefore();
    this._set(this.line.slice(0, at) + this.line.slice(this.cursor), at);
  },
  _deleteWordRight() {
    if (this.cursor >= this.line.length) return;
    this._beforeEdit();
    const rest = this.line.slice(this.cursor);
    this._set(this.line.slice(0, this.cursor) + rest.slice(/^(?:\s+|\W+|\w+)\s*/.exec(rest)[0].length), this.cursor);
  },
  _deleteLineLeft() {
    this._beforeEdit();
    const killed = this.line.slice(0, this.cursor);
    this._pushToKillRing(killed);
    this._set(this.line.slice(this.cursor), 0);
  },
  _deleteLineRight() {
    this._beforeEdit();
    this._pushToKillRing(this.line.slice(this.cursor));
    this._set(this.line.slice(0, this.cursor), this.cursor);
  },
  _wordBefore() {
    return /^\s*(?:[^\w\s]+|\w+)?/.exec(reversed(this.line.slice(0, this.cursor)))[0].length;
  },
  _wordLeft() {
    if (this.cursor > 0) this._moveCursor(-this._wordBefore());
  },
  _wordRight() {
    if (this.cursor >= this.line.length) return;
    this._moveCursor(/^(?:\s+|[^\w\s]+|\w+)\s*/.exec(this.line.slice(this.cursor))[0].length);
  },
  _pushToKillRing(text) {
    if (!text || text === this._killRing[0]) return;
    this._killRing.unshift(text);
    this._killRingCursor = 0;
    if (this._killRing.length > MAX_KILLED) this._killRing.pop();
  },
  _yank() {
    if (this._killRing.length === 0) return;
    this._yanking = true;
    this._insertString(this._killRing[this._killRingCursor]);
  },
  _yankPop() {
    if (!this._yanking || this._killRing.length < 2) return;
    const last = this._killRing[this._killRingCursor];
    this._killRingCursor = (this._killRingCursor + 1) % this._killRing.length;
    const text = this._killRing[this._killRingCursor], at = this.cursor - last.length;
    this._set(this.line.slice(0, at) + text + this.line.slice(this.cursor), at + text.length);
  },
  _step(from, to) {
    if (from.length === 0) return;
    to.push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = from.pop();
    this._set(text, cursor);
  },
  _undo() {
    this._step(this._undoStack, this._redoStack);
  },
  _redo() {
    this._step(this._redoStack, this._undoStack);
  },

  // ---- History ----
  _addHistory() {
    const { line, history } = this;
    if (line.length === 0) return '';
    if (!history || this.historySize === 0 || line.trim().length === 0) return line;
    if (history.length === 0 || history[0] !== line) {
      if (this.removeHistoryDuplicates) {
        const known = history.indexOf(line);
        if (known !== -1) history.splice(known, 1);
      }
      history.unshift(line);
      if (history.length > this.historySize) history.pop();
    }
    this.historyIndex = -1;
    const [first] = history;
    this.emit('history', history); // a listener may take it out
    return first;
  },
  _historyStep(direction) {
    const { history } = this;
    const search = this._search || '';
    let i = this.historyIndex + direction;
    while (i >= 0 && i < history.length && (!history[i].startsWith(search) || this.line === history[i])) i += direction;
    this._beforeEdit();
    this.historyIndex = i;
    const text = i === -1 || i === history.length ? search : history[i];
    this._set(text, text.length);
  },
  _historyNext() {
    if (this.historyIndex >= 0) this._historyStep(-1);
  },
  _historyPrev() {
    if (this.historyIndex < this.history.length && this.history.length > 0) this._historyStep(1);
  },

  // ---- Completion ----
  _tabComplete(wasTab) {
    this.pause();
    const before = this.line.slice(0, this.cursor);
    const done = (error, value) => {
      this.resume();
      if (error) this._writeToOutput(`Tab completion error: ${require('internal/util/inspect').inspect(error)}`);
      else this._showCompletions(wasTab, value);
    };
    if (this.completer.length === 2) {
      this.completer(before, done);
      return;
    }
    let value;
    try {
      value = this.completer(before);
    } catch (error) {
      done(error);
      return;
    }
    if (this._isPromised && typeof value?.then === 'function') value.then((result) => done(null, result), done);
    else done(null, value);
  },
  _showCompletions(wasTab, value) {
    const [completions, on] = Array.isArray(value) ? value : [];
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((text) => text !== ''));
    if (prefix.startsWith(on) && prefix.length > on.length) {
      this._insertString(prefix.slice(on.length));
    } else if (!on.startsWith(prefix)) {
      const at = this.cursor - on.length;
      this._set(this.line.slice(0, at) + prefix + this.line.slice(this.cursor), at + prefix.length);
    } else if (wasTab) {
      this._beforeEdit();
      this._writeToOutput(this._table(completions));
      this._refreshLine();
    }
  },
  _table(completions) {
    const widths = completions.map((text) => getStringWidth(text)), width = Math.max(...widths) + 2;
    let perLine = Math.floor(this.columns / width) || 1;
    if (perLine === Infinity) perLine = 1;
    let text = '\r\n', n = 0, space = 0;
    completions.forEach((completion, i) => {
      if (completion === '' || n === perLine) {
        text += '\r\n';
        n = 0;
        space = 0;
      } else {
        text += ' '.repeat(space);
      }
      if (completion === '') {
        text += '\r\n';
      } else {
        text += completion;
        space = width - widths[i];
        n++;
      }
    });
    return n === 0 ? text : `${text}\r\n\r\n`;
  },

  // ---- Keys ----
  _line() {
    const text = this._addHistory();
    this._undoStack = [];
    this._redoStack = [];
    this.clearLine();
    this._onLine(text);
  },
  _interrupt() {
    if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
    else this.close();
  },
  // Control-Z: the process stops here, and draws its line again when it goes on.
  _suspend() {
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    this._setRawMode(false);
    process.kill(process.pid, 'SIGSTOP');
    if (this.paused) return;
    this.pause();
    this.emit('SIGCONT');
    this.resume();
    this._setRawMode(true);
    this._refreshLine();
  },
  _ttyWrite(text, key) {
    const previous = this._previousKey;
    key ||= {};
    this._previousKey = key;
    if (!key.meta || key.name !== 'y') this._yanking = false;
    if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
      this._search ??= this.line.slice(0, this.cursor);
    } else if (this._search !== null) {
      this._search = null;
      if (this.history.length === this.historyIndex) this.historyIndex = -1;
    }
    if (key.sequence === '\x1f') this._undo();
    else if (key.sequence === '\x1e') this._redo();
    else if (key.name === 'escape') return;
    else if (key.ctrl && key.shift) this._controlShift(key.name);
    else if (key.ctrl) this._control(key.name);
    else if (key.meta) this._meta(key.name);
    else this._plain(text, key.name, previous);
  },
  _controlShift(name) {
    if (name === 'backspace') this._deleteLineLeft();
    else if (name === 'delete') this._deleteLineRight();
  },
  _control(name) {
    switch (name) {
      case 'c': this._interrupt(); break;
      case 'h': this._deleteLeft(); break;
      case 'd':
        if (this.cursor === 0 && this.line.length === 0) this.close();
        else this._deleteRight();
        break;
      case 'u': this._deleteLineLeft(); break;
      case 'k': this._deleteLineRight(); break;
      case 'a': this._moveCursor(-Infinity); break;
      case 'e': this._moveCursor(+Infinity); break;
      case 'b': this._moveCursor(-lengthLeft(this.line, this.cursor)); break;
      case 'f': this._moveCursor(lengthAt(this.line, this.cursor)); break;
      case 'l':
        cursorTo(this.output, 0, 0);
        clearScreenDown(this.output);
        this._refreshLine();
        break;
      case 'n': this._historyNext(); break;
      case 'p': this._historyPrev(); break;
      case 'y': this._yank(); break;
      case 'z': this._suspend(); break;
      case 'w':
      case 'backspace': this._deleteWordLeft(); break;
      case 'delete': this._deleteWordRight(); break;
      case 'left': this._wordLeft(); break;
      case 'right': this._wordRight(); break;
    }
  },
  _meta(name) {
    switch (name) {
      case 'b': this._wordLeft(); break;
      case 'f': this._wordRight(); break;
      case 'd':
      case 'delete': this._deleteWordRight(); break;
      case 'backspace': this._deleteWordLeft(); break;
      case 'y': this._yankPop(); break;
    }
  },
  _plain(text, name, previous) {
    if (this._sawReturnAt && name !== 'enter') this._sawReturnAt = 0;
    switch (name) {
      case 'return':
        this._sawReturnAt = Date.now();
        this._line();
        break;
      case 'enter':
        if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
        this._sawReturnAt = 0;
        break;
      case 'backspace': this._deleteLeft(); break;
      case 'delete': this._deleteRight(); break;
      case 'left': this._moveCursor(-lengthLeft(this.line, this.cursor)); break;
      case 'right': this._moveCursor(lengthAt(this.line, this.cursor)); break;
      case 'home': this._moveCursor(-Infinity); break;
      case 'end': this._moveCursor(+Infinity); break;
      case 'up': this._historyPrev(); break;
      case 'down': this._historyNext(); break;
      case 'tab':
        if (typeof this.completer === 'function' && this.isCompletionEnabled) {
          this._tabComplete(Boolean(previous && previous.name === 'tab'));
          break;
        } // else it is text
      default: // eslint-disable-line no-fallthrough
        if (typeof text === 'string' && text !== '') this._insertLines(text);
    }
  },
  // Text that may hold several lines, as pasted.
  _insertLines(text) {
    const lines = text.split(lineEnd);
    lines.forEach((line, i) => {
      if (i > 0) this._line();
      if (line !== '' || lines.length === 1) this._insertString(line);
    });
  },
  // Without any control of the cursor (TERM=dumb).
  _ttyWriteDumb(text, key) {
    key ||= {};
    if (key.name === 'escape') return;
    if (this._sawReturnAt && key.name !== 'enter') this._sawReturnAt = 0;
    if (key.ctrl) {
      if (key.name === 'c') this._interrupt();
      else if (key.name === 'd') this.close();
      if (key.name === 'c' || key.name === 'd') return;
    }
    switch (key.name) {
      case 'return':
        this._sawReturnAt = Date.now();
        this._line();
        break;
      case 'enter':
        if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
        this._sawReturnAt = 0;
        break;
      default:
        if (typeof text === 'string' && text) {
          this.line += text;
          this.cursor += text.length;
          this._writeToOutput(text);
        }
    }
  },
};

module.exports = { methods, prepareEditing };
