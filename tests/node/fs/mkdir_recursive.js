// SPDX-License-Identifier: MIT
// mkdir with {recursive: true} answers with the first directory that it made, in the words of its argument, and ends everywhere.
const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-mkdir-'));
const start = process.cwd();
process.chdir(folder);
process.on('exit', () => {
  process.chdir(start);
  fs.rmSync(folder, { recursive: true, force: true });
});
const make = (name) => fs.mkdirSync(name, { recursive: true });
const code = (name) => {
  try {
    return make(name);
  } catch (error) {
    return [error.code, error.errno, error.syscall, error.path].join();
  }
};
assert.strictEqual(make('a/b/c'), 'a');
assert.strictEqual(make('a/b/c'), undefined);
assert.strictEqual(make('a/d/'), 'a/d/');
assert.strictEqual(make('k//l'), 'k/');
assert.strictEqual(make('./x/../y/z'), './x');
assert.strictEqual(make(path.join(folder, 'n/o')), path.join(folder, 'n'));
fs.writeFileSync('f', '');
assert.strictEqual(code('f'), 'EEXIST,-17,mkdir,f');
assert.strictEqual(code('f/x/y'), 'ENOTDIR,-20,mkdir,f/x/y');
fs.symlinkSync('nowhere', 'link');
assert.strictEqual(code('link/x'), 'ENOENT,-2,mkdir,link/x');
// Node never comes back from this one.
assert.strictEqual(code('/proc/nothing/here'), 'ENOENT,-2,mkdir,/proc/nothing/here');
fs.mkdir('cb/1', { recursive: true }, (error, first) => {
  assert.strictEqual(first, 'cb');
  fs.promises.mkdir('pr/1', { recursive: true }).then((made) => assert.strictEqual(made, 'pr'));
});
