// SPDX-License-Identifier: MIT
// The program's own REPL: what runs when no file is given on a terminal.
'use strict';

function historyPath(env) {
  if (env.WEFT_REPL_HISTORY !== undefined) return env.WEFT_REPL_HISTORY.trim();
  const home = require('os').homedir();
  return home ? require('path').join(home, '.weft_repl_history') : '';
}

function start() {
  const process = require('process');
  process.stdout.write(`Welcome to weft v${process.versions.weft}.\nType ".help" for more information.\n`);
  const repl = require('repl').start({ useGlobal: true });
  if (repl.terminal) repl.setupHistory(historyPath(process.env));
  repl.on('exit', () => process.exit());
}

module.exports = { start };
