// SPDX-License-Identifier: MIT
'use strict';
const { parentPort } = require('node:worker_threads');

parentPort.on('message', (n) => parentPort.postMessage(Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a + b, 0)));
