// SPDX-License-Identifier: MIT
// vm: scripts and contexts.
'use strict';
const vm = require('vm');
console.log(vm.runInThisContext('1 + 1'), vm.runInNewContext('a + 1', { a: 41 }), typeof vm.runInNewContext('typeof process'));
const sandbox = { count: 1, console };
vm.createContext(sandbox);
vm.runInContext('count++; var made = [1]; function f() { return count } globalThis.g = 1; delete console', sandbox);
console.log(sandbox.count, sandbox.made, sandbox.made instanceof Array, typeof sandbox.f, sandbox.g, 'console' in sandbox, vm.isContext(sandbox), vm.isContext({}));
console.log(vm.runInContext('f()', sandbox), Object.keys(sandbox));
const script = new vm.Script('globalThis.n = (globalThis.n || 0) + 1', { filename: 'my.js' });
console.log(script.runInThisContext(), script.runInThisContext(), script.runInNewContext());
delete globalThis.n;
try {
  new vm.Script('let x = ;', { filename: 'bad.js' });
} catch (e) {
  console.log(e.name, e.stack.split('\n')[0]);
}
console.log(vm.compileFunction('return a + b', ['a', 'b'])(1, 2));
