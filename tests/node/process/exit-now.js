// SPDX-License-Identifier: MIT
// process.exit() runs nothing more but the exit handlers, not even finally blocks.
'use strict';
process.on('exit', (code) => console.log('exit', code));
process.nextTick(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
try {
  (function f() {
    [1].forEach(() => process.exit(7));
  })();
} catch {
  console.log('never caught');
} finally {
  console.log('never finally');
}
console.log('never after');
