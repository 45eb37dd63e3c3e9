// SPDX-License-Identifier: MIT
// Keys out of what a terminal sends: 'keypress' events of a stream.
'use strict';

const { StringDecoder } = require('string_decoder');
const { setTimeout, clearTimeout } = require('timers');

const kReader = Symbol('keypress-decoder');
const ESC = '\x1b';

// What follows the escape, and which key that is; * stands for A to E, H and F with the names below.
const names = {
  __proto__: null,
  'OP': 'f1', 'OQ': 'f2', 'OR': 'f3', 'OS': 'f4', '[P': 'f1', '[Q': 'f2', '[R': 'f3', '[S': 'f4', '[11~': 'f1', '[12~': 'f2', '[13~': 'f3', '[14~': 'f4',
  '[[A': 'f1', '[[B': 'f2', '[[C': 'f3', '[[D': 'f4', '[[E': 'f5', '[15~': 'f5', '[17~': 'f6', '[18~': 'f7', '[19~': 'f8', '[20~': 'f9', '[21~': 'f10',
  '[23~': 'f11', '[24~': 'f12', '[200~': 'paste-start', '[201~': 'paste-end', '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[E': 'clear',
  '[F': 'end', '[H': 'home', 'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left', 'OE': 'clear', 'OF': 'end', 'OH': 'home', '[1~': 'home', '[2~': 'insert',
  '[3~': 'delete', '[4~': 'end', '[5~': 'pageup', '[6~': 'pagedown', '[[5~': 'pageup', '[[6~': 'pagedown', '[7~': 'home', '[8~': 'end',
};
const shifted = {
  __proto__: null, '[a': 'up', '[b': 'down', '[c': 'right', '[d': 'left', '[e': 'clear', '[2$': 'insert', '[3$': 'delete', '[5$': 'pageup', '[6$': 'pagedown',
  '[7$': 'home', '[8$': 'end', '[Z': 'tab',
};
const controlled = {
  __proto__: null, 'Oa': 'up', 'Ob': 'down', 'Oc': 'right', 'Od': 'left', 'Oe': 'clear', '[2^': 'insert', '[3^': 'delete', '[5^': 'pageup', '[6^': 'pagedown',
  '[7^': 'home', '[8^': 'end',
};

function nameCode(key, code, modifier) {
  key.ctrl = Boolean(modifier & 4);
  key.meta = Boolean(modifier & 10);
  key.shift = Boolean(modifier & 1);
  key.code = code;
  if (names[code] !== undefined) {
    key.name = names[code];
  } else if (shifted[code] !== undefined) {
    key.name = shifted[code];
    key.shift = true;
  } else if (controlled[code] !== undefined) {
    key.name = controlled[code];
    key.ctrl = true;
  } else {
    key.name = 'undefined';
  }
}

const isDigit = (char) => char >= '0' && char <= '9';

function nameChar(key, char, escaped) {
  if (char === '\r') key.name = 'return';
  else if (char === '\n') key.name = 'enter';
  else if (char === '\t') key.name = 'tab';
  else if (char === '\b' || char === '\x7f') key.name = 'backspace';
  else if (char === ESC) key.name = 'escape';
  else if (char === ' ') key.name = 'space';
  if (key.name !== undefined) {
    key.meta = escaped;
  } else if (!escaped && char <= '\x1a') {
    key.name = String.fromCharCode(char.charCodeAt(0) + 96);
    key.ctrl = true;
  } else if (/^[0-9A-Za-z]$/.test(char)) {
    key.name = char.toLowerCase();
    key.shift = /^[A-Z]$/.test(char);
    key.meta = escaped;
  } else if (escaped) {
    key.name = char.length > 0 ? undefined : 'escape';
    key.meta = true;
  }
}

// Is given characters, '' when an escape has been followed by nothing for a while, and emits keys.
function* readKeys(stream) {
  for (;;) {
    let char = yield, sequence = char, escaped = false;
    const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };
    if (char === ESC) {
      escaped = true;
      sequence += char = yield;
      if (char === ESC) sequence += char = yield;
    }
    if (escaped && (char === 'O' || char === '[')) {
      let code = char, modifier = 0;
      if (char === 'O') {
        sequence += char = yield;
        if (isDigit(char)) {
          modifier = Number(char) - 1;
          sequence += char = yield;
        }
        code += char;
      } else {
        sequence += char = yield;
        if (char === '[') {
          code += char;
          sequence += char = yield;
        }
        const begin = sequence.length - 1;
        for (let i = 0; i < 3 && isDigit(char); i++) sequence += char = yield;
        if (char === ';') {
          sequence += char = yield;
          if (isDigit(char)) sequence += yield;
        }
        const command = sequence.slice(begin);
        let match;
        if ((match = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command)) !== null) {
          code += match[4] ?? match[1] + match[3];
          modifier = (match[2] || 1) - 1;
        } else if ((match = /^((\d;)?(\d))?([A-Za-z])$/.exec(command)) !== null) {
          code += match[4];
          modifier = (match[3] || 1) - 1;
        } else {
          code += command;
        }
      }
      nameCode(key, code, modifier);
    } else {
      nameChar(key, char, escaped);
    }
    key.sequence = sequence;
    if (sequence.length !== 0 && (key.name !== undefined || escaped)) stream.emit('keypress', escaped ? undefined : sequence, key);
    else if ([...sequence].length === 1) stream.emit('keypress', sequence, key);
  }
}

// owner: an Interface, whose completion is for typed keys and not for pasted text.
function emitKeypressEvents(stream, owner = {}) {
  if (stream[kReader] !== undefined) return;
  const decoder = new StringDecoder('utf8');
  let timer;
  function restart() {
    const keys = readKeys(stream);
    keys.next();
    Object.defineProperty(stream, kReader, { value: keys, writable: true, configurable: true, enumerable: false });
  }
  restart();
  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = decoder.write(input);
    if (text === '') return;
    clearTimeout(timer);
    const chars = [...text];
    owner._sawKeyPress = chars.length === 1;
    owner.isCompletionEnabled = false;
    for (let i = 0; i < chars.length; i++) {
      const isLast = i === chars.length - 1;
      if (isLast) owner.isCompletionEnabled = true;
      try {
        stream[kReader].next(chars[i]);
        if (isLast && chars[i] === ESC) timer = setTimeout(() => stream[kReader].next(''), owner.escapeCodeTimeout ?? 500);
      } catch (error) {
        restart();
        throw error;
      }
    }
  }
  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }
  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents };
