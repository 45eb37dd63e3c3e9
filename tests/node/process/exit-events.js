// SPDX-License-Identifier: MIT
// beforeExit, exit and exitCode.
'use strict';
let again = true;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code);
  if (again) {
    again = false;
    setTimeout(() => console.log('more work'), 1);
  }
});
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 5;
  setTimeout(() => console.log('never'), 0);
  Promise.resolve().then(() => console.log('never either'));
});
process.exitCode = 3;
