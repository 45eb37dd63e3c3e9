// SPDX-License-Identifier: MIT
// Escape sequences for the messages of the program itself, empty where colours are not wanted.
'use strict';

const sequences = {
  blue: '\u001b[34m',
  green: '\u001b[32m',
  white: '\u001b[39m',
  yellow: '\u001b[33m',
  red: '\u001b[31m',
  gray: '\u001b[90m',
  clear: '\u001bc',
  reset: '\u001b[0m',
};

module.exports = {
  blue: '', green: '', white: '', yellow: '', red: '', gray: '', clear: '', reset: '',
  hasColors: false,

  // Whether what goes to this stream may be coloured.
  shouldColorize(stream) {
    const { env } = require('process');
    if (env.FORCE_COLOR !== undefined) return require('internal/tty_colors').getColorDepth() > 2;
    return Boolean(stream?.isTTY && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true));
  },

  refresh() {
    const colored = this.shouldColorize(require('process').stderr);
    for (const name of Object.keys(sequences)) this[name] = colored ? sequences[name] : '';
    this.hasColors = colored;
  },
};
