// SPDX-License-Identifier: MIT
// Lines from a stream, questions, and cursor control.
'use strict';

const { Interface } = require('internal/readline_interface');
const { codes } = require('internal/errors');

function send(stream, text, callback) {
  if (callback !== undefined) require('internal/validators').validateFunction(callback, 'callback');
  if (text === '' || stream === null || stream === undefined) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function clearLine(stream, dir, callback) {
  return send(stream, dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K', callback);
}

function clearScreenDown(stream, callback) {
  return send(stream, '\x1b[0J', callback);
}

function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') [y, callback] = [undefined, y];
  if (callback !== undefined) require('internal/validators').validateFunction(callback, 'callback');
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (typeof x !== 'number' && typeof y === 'number' && stream !== null && stream !== undefined) throw new codes.ERR_INVALID_CURSOR_POS();
  if (typeof x !== 'number') return send(stream, '', callback);
  return send(stream, typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
}

function moveCursor(stream, dx, dy, callback) {
  return send(stream, `${dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : ''}${dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : ''}`, callback);
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
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

module.exports = { Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor };
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('readline/promises'),
});
