// SPDX-License-Identifier: MIT
// timeout: 60
// readline on a terminal: questions, editing, history, the end. The terminal is made by fixtures/terminal.py.
'use strict';
const { spawnSync } = require('child_process');
const path = require('path');
const at = (name) => path.join(__dirname, 'fixtures', name);

const { error, stdout, stderr } = spawnSync('python3', [at('terminal.py'), process.execPath, at('lines.js'), 'wait:Name? ', 'me\\r', 'wait:$ ', 'first', '\\x1b[D', '\\x7f', '\\r', 'wait:$ ',
  '\\x1b[A', '\\x01', 'x', '\\r', 'wait:$ ', '\\x04', 'wait:closed'], { encoding: 'utf8' });
if (error) {
  console.log('no python3');
  process.exit(77);
}
console.log(stdout, stderr);
