// SPDX-License-Identifier: MIT
// timeout: 30
// A process without descriptors left (ulimit -n 60): everything that needs one says so with its code, nothing is lost, and all works again
// when there are some.
'use strict';
const { spawnSync } = require('child_process');
const path = require('path');

const { status, signal, stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -n 60; exec "$0" "$1"', process.execPath, path.join(__dirname, 'fixtures', 'emfile.js')], { encoding: 'utf8' });
console.log(stdout.trim());
console.log(status, signal, stderr);
