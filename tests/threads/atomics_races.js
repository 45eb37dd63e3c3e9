// SPDX-License-Identifier: MIT
// timeout: 30
// Workers and the main thread read and write the same memory without any order, through everything that can see it.
'use strict';
const fs = require('fs'), path = require('path');
const { start } = require('./lib/workers.js');

const file = path.join(__dirname, 'lib', 'races.js');
const sab = new SharedArrayBuffer(256), grow = new SharedArrayBuffer(256, { maxByteLength: 1024 });
const workers = [1, 2].map(() => start(({ file, sab, grow }) => {
  globalThis.require = require;
  (0, eval)(require('fs').readFileSync(file, 'utf8') + ';globalThis.race = race');
  race(sab, grow, 3);
}, { file, sab, grow }));
globalThis.require = require;
(0, eval)(fs.readFileSync(file, 'utf8') + ';globalThis.race = race');
race(sab, grow, 3);
Promise.all(workers.map(w => w.ended)).then(codes => {
  if (codes.join() !== '0,0') throw new Error(codes.join());
});
