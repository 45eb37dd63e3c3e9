// SPDX-License-Identifier: MIT
// How a warning of process.emitWarning is printed on stderr.
'use strict';

const { write, facts: factsOf } = internalBinding('process');
const facts = factsOf();
let hinted = false;

function printWarning(warning) {
  if (facts.noWarnings) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let message = `(weft:${process.pid}) `;
  if (warning.code) message += `[${warning.code}] `;
  if (trace && warning.stack) message += warning.stack;
  else message += typeof warning.toString === 'function' ? warning.toString() : Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') message += `\n${warning.detail}`;
  if (!trace && !hinted) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    message += `\n(Use \`weft ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  write(2, message + '\n');
}

// For a warning that must be seen before the error that ends the program.
function warnNow(message) {
  const warning = new Error(message);
  Object.defineProperty(warning, 'name', { value: 'Warning', configurable: true, writable: true, enumerable: false });
  printWarning(warning);
  process.emit('warning', warning);
}

module.exports = { printWarning, warnNow };
