// SPDX-License-Identifier: MIT
// timeout: 60
// Terminals as streams: sizes, colours, raw mode, cursor, resizing. A terminal is made by fixtures/terminal.py.
'use strict';
const { spawnSync } = require('child_process');
const path = require('path');
const at = (name) => path.join(__dirname, 'fixtures', name);

const { error, stdout, stderr } = spawnSync('python3', [at('terminal.py'), process.execPath, at('streams.js'), 'wait:ready', 'a', 'wait:a', '\\x1b[A', 'wait:[A', 'size:100x30',
  'wait:resized', 'q'], { encoding: 'utf8' });
if (error) {
  console.log('no python3');
  process.exit(77);
}
console.log(stdout, stderr);
