// SPDX-License-Identifier: MIT
// The REPL's history file: a line each, newest first. It is read once and rewritten when the session ends and every few lines, so
// that two sessions lose little of each other's.
'use strict';

const LINES_MAX = 1000, SAVE_EVERY = 10;

function attach(repl, path, callback = () => {}) {
  const fs = require('fs');
  let unsaved = 0, disabled = !path;
  if (!disabled) {
    try {
      const lines = fs.readFileSync(path, 'utf8').split(/\r?\n/).filter((line) => line !== '');
      repl.history.push(...lines.slice(0, LINES_MAX));
    } catch (error) {
      disabled = error.code !== 'ENOENT'; // unreadable: leave it alone
    }
  }
  const save = () => {
    if (disabled || unsaved === 0) return;
    unsaved = 0;
    try {
      fs.writeFileSync(path, `${repl.history.slice(0, LINES_MAX).join('\n')}\n`, { mode: 0o600 });
    } catch {
      disabled = true; // a home that cannot be written is no reason to stop
    }
  };
  repl.on('history', () => {
    if (++unsaved >= SAVE_EVERY) save();
  });
  repl.on('exit', save);
  callback(null, repl);
}

module.exports = { attach };
