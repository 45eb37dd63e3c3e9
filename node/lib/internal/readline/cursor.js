// SPDX-License-Identifier: MIT
// Moving the cursor of a terminal and clearing parts of it.
'use strict';

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

module.exports = { clearLine, clearScreenDown, cursorTo, moveCursor };
