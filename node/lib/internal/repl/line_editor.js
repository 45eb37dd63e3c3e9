// SPDX-License-Identifier: MIT
// Editing one line on a terminal in raw mode: cursor, words, kill and yank, history, reverse search, completion. The editor draws
// nothing but the prompt and its line, which may wrap over several rows.
'use strict';

const { getStringWidth } = require('internal/util/inspect');

const ESC = '\u001b';

// What terminals send for keys, without the leading escape.
const sequences = {
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[H': 'home', '[F': 'end',
  'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left', 'OH': 'home', 'OF': 'end',
  '[1~': 'home', '[7~': 'home', '[4~': 'end', '[8~': 'end', '[3~': 'delete',
  '[1;5C': 'word-right', '[1;5D': 'word-left', '[1;3C': 'word-right', '[1;3D': 'word-left', 'Oc': 'word-right', 'Od': 'word-left',
  '[3;5~': 'kill-word', 'f': 'word-right', 'b': 'word-left', 'd': 'kill-word', '\u007f': 'kill-word-left', '\b': 'kill-word-left',
};
const controls = {
  '\u0001': 'home', '\u0005': 'end', '\u0002': 'left', '\u0006': 'right', '\u0008': 'backspace', '\u007f': 'backspace',
  '\u000b': 'kill-end', '\u0015': 'kill-start', '\u0017': 'kill-word-left', '\u0019': 'yank', '\u000c': 'clear',
  '\u0010': 'up', '\u000e': 'down', '\u0012': 'search', '\u0014': 'transpose', '\u0003': 'interrupt', '\u0004': 'end-or-delete',
  '\r': 'enter', '\n': 'enter', '\t': 'complete', '\u001a': 'suspend', '\u001f': 'undo', '\u0007': 'cancel',
};

const wordPattern = /[\p{L}\p{N}_$]/u;
const isWord = (char) => char !== undefined && wordPattern.test(char);

class LineEditor {
  // callbacks: line(text), interrupt(), end(), complete(textBeforeCursor) => { candidates, prefix }
  constructor(output, history, callbacks) {
    this.output = output;
    this.history = history; // newest first
    this.callbacks = callbacks;
    this.prompt = '';
    this.killed = '';
    this.pending = ''; // an escape sequence that has not ended yet
    this.searching = undefined;
    this.lastWasComplete = false;
    this.reset();
  }

  reset() {
    this.text = '';
    this.cursor = 0;
    this.rowsAbove = 0; // rows between the first and the cursor's
    this.historyIndex = -1;
    this.edited = ''; // the line that was being written before history was walked
    this.undos = [];
  }

  get columns() {
    return this.output.columns || 80;
  }

  // ---- Drawing ----

  rowAndColumn(text) {
    const { columns } = this;
    let row = 0, column = 0;
    for (const char of text) {
      const width = getStringWidth(char, false);
      if (column + width > columns) {
        row++;
        column = 0;
      }
      column += width;
    }
    if (column === columns) {
      row++;
      column = 0;
    }
    return { row, column };
  }

  draw() {
    const prompt = this.searching === undefined ? this.prompt : `(reverse-i-search)\`${this.searching.query}': `;
    const plain = prompt.replace(/\u001b\[[\d;]*m/g, '');
    const end = this.rowAndColumn(plain + this.text), at = this.rowAndColumn(plain + this.text.slice(0, this.cursor));
    let out = this.rowsAbove > 0 ? `${ESC}[${this.rowsAbove}A` : '';
    out += `\r${ESC}[J${prompt}${this.text}`;
    if (end.column === 0 && end.row > 0) out += ' \r'; // leaves the last column
    if (end.row > at.row) out += `${ESC}[${end.row - at.row}A`;
    out += '\r';
    if (at.column > 0) out += `${ESC}[${at.column}C`;
    this.output.write(out);
    this.rowsAbove = at.row;
  }

  // Puts the cursor behind the line, for what is printed next.
  leave() {
    this.cursor = this.text.length;
    this.draw();
    this.output.write('\r\n');
    this.rowsAbove = 0;
  }

  setPrompt(prompt) {
    this.prompt = prompt;
  }

  // ---- Input ----

  feed(data) {
    data = this.pending + data;
    this.pending = '';
    for (let i = 0; i < data.length;) {
      if (data[i] === ESC) {
        const length = this.escapeLength(data, i);
        if (length === 0) {
          if (i + 1 < data.length) this.pending = data.slice(i);
          return;
        }
        this.key(sequences[data.slice(i + 1, i + length)] ?? 'unknown');
        i += length;
        continue;
      }
      const control = controls[data[i]];
      if (control !== undefined) {
        if (control === 'enter' && data[i] === '\r' && data[i + 1] === '\n') i++;
        i++;
        this.key(control);
        continue;
      }
      let end = i + 1;
      while (end < data.length && data[end] !== ESC && controls[data[end]] === undefined) end++;
      this.insert(data.slice(i, end).replace(/[\u0000-\u001f]/g, ''));
      i = end;
    }
  }

  // Of the sequence at i, the escape included; 0: more has to come.
  escapeLength(data, i) {
    const next = data[i + 1];
    if (next === undefined) return 0;
    if (next === 'O') return data.length > i + 2 ? 3 : 0;
    if (next !== '[') return 2;
    for (let end = i + 2; end < data.length; end++) {
      const code = data.charCodeAt(end);
      if (code >= 0x40 && code <= 0x7e) return end + 1 - i;
    }
    return 0;
  }

  key(name) {
    if (this.searching !== undefined && this.searchKey(name)) return;
    const completing = name === 'complete';
    this.act(name);
    this.lastWasComplete = completing;
  }

  act(name) {
    switch (name) {
      case 'enter': return this.enter();
      case 'interrupt': return this.callbacks.interrupt();
      case 'end-or-delete':
        if (this.text === '') return this.callbacks.end();
        return this.edit(this.cursor, this.nextCharacter(), '');
      case 'left': return this.moveTo(this.previousCharacter());
      case 'right': return this.moveTo(this.nextCharacter());
      case 'home': return this.moveTo(0);
      case 'end': return this.moveTo(this.text.length);
      case 'word-left': return this.moveTo(this.wordLeft());
      case 'word-right': return this.moveTo(this.wordRight());
      case 'backspace': return this.edit(this.previousCharacter(), this.cursor, '');
      case 'delete': return this.edit(this.cursor, this.nextCharacter(), '');
      case 'kill-end': return this.kill(this.cursor, this.text.length);
      case 'kill-start': return this.kill(0, this.cursor);
      case 'kill-word': return this.kill(this.cursor, this.wordRight());
      case 'kill-word-left': return this.kill(this.wordLeft(), this.cursor);
      case 'yank': return this.insert(this.killed);
      case 'transpose': return this.transpose();
      case 'undo': return this.undo();
      case 'clear':
        this.output.write(`${ESC}[1;1H${ESC}[0J`);
        this.rowsAbove = 0;
        return this.draw();
      case 'up': return this.walkHistory(1);
      case 'down': return this.walkHistory(-1);
      case 'search':
        this.searching = { query: '', index: -1, before: this.text, cursor: this.cursor };
        return this.draw();
      case 'complete': return this.complete();
      case 'suspend': return this.callbacks.suspend?.();
    }
    return undefined;
  }

  // ---- Text ----

  previousCharacter() {
    if (this.cursor === 0) return 0;
    const code = this.text.charCodeAt(this.cursor - 1);
    return this.cursor - (code >= 0xdc00 && code <= 0xdfff && this.cursor > 1 ? 2 : 1);
  }

  nextCharacter() {
    if (this.cursor >= this.text.length) return this.text.length;
    return this.cursor + (this.text.codePointAt(this.cursor) > 0xffff ? 2 : 1);
  }

  wordLeft() {
    let at = this.cursor;
    while (at > 0 && !isWord(this.text[at - 1])) at--;
    while (at > 0 && isWord(this.text[at - 1])) at--;
    return at;
  }

  wordRight() {
    let at = this.cursor;
    while (at < this.text.length && !isWord(this.text[at])) at++;
    while (at < this.text.length && isWord(this.text[at])) at++;
    return at;
  }

  moveTo(cursor) {
    this.cursor = cursor;
    this.draw();
  }

  edit(start, end, replacement) {
    if (start === end && replacement === '') return;
    this.undos.push({ text: this.text, cursor: this.cursor });
    if (this.undos.length > 1000) this.undos.shift();
    this.text = this.text.slice(0, start) + replacement + this.text.slice(end);
    this.cursor = start + replacement.length;
    this.draw();
  }

  insert(text) {
    if (text === '') return;
    if (this.searching !== undefined) {
      this.searching.query += text;
      this.search(0);
      return;
    }
    const atEnd = this.cursor === this.text.length;
    // The usual case, a character at the end of a short line, needs no redrawing.
    if (atEnd && text.length === 1 && text >= ' ' && text <= '~' &&
        this.prompt.length + this.text.length + 1 < this.columns && getStringWidth(this.text) === this.text.length) {
      this.undos.push({ text: this.text, cursor: this.cursor });
      this.text += text;
      this.cursor++;
      this.output.write(text);
    } else {
      this.edit(this.cursor, this.cursor, text);
    }
    this.lastWasComplete = false;
  }

  kill(start, end) {
    if (start === end) return;
    this.killed = this.text.slice(start, end);
    this.edit(start, end, '');
  }

  transpose() {
    if (this.cursor === 0 || this.text.length < 2) return;
    const at = Math.min(this.cursor, this.text.length - 1);
    this.edit(at - 1, at + 1, this.text[at] + this.text[at - 1]);
  }

  undo() {
    const state = this.undos.pop();
    if (state === undefined) return;
    this.text = state.text;
    this.cursor = state.cursor;
    this.draw();
  }

  enter() {
    this.leave();
    const { text } = this;
    this.reset();
    this.callbacks.line(text);
  }

  // ---- History ----

  // Towards older lines (1) or newer ones (-1); only those that begin like the line that was being written.
  walkHistory(step) {
    if (this.historyIndex === -1) this.edited = this.text;
    let index = this.historyIndex + step;
    while (index >= 0 && index < this.history.length &&
           (!this.history[index].startsWith(this.edited) || this.history[index] === this.text)) index += step;
    if (index >= this.history.length || index < -1) return;
    this.historyIndex = index;
    this.text = index === -1 ? this.edited : this.history[index];
    this.moveTo(this.text.length);
  }

  search(from) {
    const { searching } = this;
    for (let i = Math.max(from, 0); i < this.history.length; i++) {
      const at = this.history[i].indexOf(searching.query);
      if (at === -1) continue;
      searching.index = i;
      this.text = this.history[i];
      this.cursor = at;
      break;
    }
    this.draw();
  }

  // True when the search used the key up.
  searchKey(name) {
    const { searching } = this;
    switch (name) {
      case 'search':
        this.search(searching.index + 1);
        return true;
      case 'backspace':
        searching.query = searching.query.slice(0, -1);
        searching.index = -1;
        this.search(0);
        return true;
      case 'interrupt': case 'cancel':
        this.text = searching.before;
        this.cursor = searching.cursor;
        this.searching = undefined;
        this.draw();
        return true;
      default: // any other key takes the line that was found
        this.searching = undefined;
        this.historyIndex = -1;
        this.draw();
        return name === 'unknown';
    }
  }

  // ---- Completion ----

  complete() {
    const before = this.text.slice(0, this.cursor);
    if (before.trim() === '') {
      this.insert('  ');
      return;
    }
    const { candidates, prefix } = this.callbacks.complete(before);
    if (candidates.length === 0) return;
    const common = commonStart(candidates.filter((word) => word !== ''));
    if (common.length > prefix.length) {
      this.edit(this.cursor - prefix.length, this.cursor, common);
    } else if (candidates.length > 1 && this.lastWasComplete) {
      const { cursor } = this;
      this.leave();
      this.output.write(inColumns(candidates, this.columns));
      this.cursor = cursor;
      this.draw();
    }
  }
}

function commonStart(words) {
  let common = words[0];
  for (const word of words) {
    let i = 0;
    while (i < common.length && common[i] === word[i]) i++;
    common = common.slice(0, i);
  }
  return common;
}

// An empty word is an empty line between two groups; another one stands at the end.
function inColumns(words, columns) {
  const width = Math.max(...words.map((word) => getStringWidth(word))) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  let text = '', inRow = 0, gap = 0;
  for (const word of words) {
    if (word === '' || inRow === perRow) {
      text += '\r\n';
      inRow = gap = 0;
    }
    if (word === '') {
      text += '\r\n';
      continue;
    }
    text += ' '.repeat(gap) + word;
    gap = width - getStringWidth(word);
    inRow++;
  }
  return `${text}\r\n\r\n`;
}

module.exports = { LineEditor, commonStart, inColumns };
