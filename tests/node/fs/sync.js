// SPDX-License-Identifier: MIT
// The synchronous half of fs.
'use strict';
const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-fs-'));
const file = path.join(dir, 'a.txt');
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));

fs.writeFileSync(file, 'hällo');
assert.strictEqual(fs.readFileSync(file, 'utf8'), 'hällo');
assert.strictEqual(fs.readFileSync(file, 'latin1').length, 6);
assert.ok(Buffer.isBuffer(fs.readFileSync(file)));
fs.appendFileSync(file, Buffer.from(' x'));
assert.strictEqual(fs.readFileSync(file, { encoding: 'utf8' }), 'hällo x');
assert.strictEqual(fs.readFileSync(file).toString('hex'), '68c3a46c6c6f2078');
assert.strictEqual(fs.existsSync(file), true);
assert.strictEqual(fs.existsSync(file + 'nope'), false);
assert.strictEqual(fs.existsSync({}), false);

const fd = fs.openSync(file, 'r+');
const buffer = Buffer.alloc(4);
assert.strictEqual(fs.readSync(fd, buffer, 0, 4, 0), 4);
assert.strictEqual(buffer.toString(), 'häl');
assert.strictEqual(fs.readSync(fd, buffer), 4);
assert.strictEqual(fs.writeSync(fd, 'Z', 0), 1);
assert.strictEqual(fs.fstatSync(fd).size, 8);
fs.ftruncateSync(fd, 3);
fs.closeSync(fd);
assert.strictEqual(fs.readFileSync(file, 'utf8'), 'Zä');
fs.truncateSync(file);
assert.strictEqual(fs.statSync(file).size, 0);

const stats = fs.statSync(dir);
assert.ok(stats.isDirectory() && !stats.isFile());
assert.ok(stats.mtime instanceof Date && Math.abs(stats.mtimeMs - Date.now()) < 60000);
assert.strictEqual(typeof fs.statSync(dir, { bigint: true }).ino, 'bigint');
assert.strictEqual(fs.statSync(file + 'nope', { throwIfNoEntry: false }), undefined);

const deep = path.join(dir, 'x', 'y', 'z');
assert.strictEqual(fs.mkdirSync(deep, { recursive: true }), path.join(dir, 'x'));
assert.strictEqual(fs.mkdirSync(deep, { recursive: true }), undefined);
fs.writeFileSync(path.join(deep, 'f'), '');
assert.deepStrictEqual(fs.readdirSync(dir), ['a.txt', 'x']);
assert.deepStrictEqual(fs.readdirSync(dir, { recursive: true }).sort(), ['a.txt', 'x', 'x/y', 'x/y/z', 'x/y/z/f']);
const [entry] = fs.readdirSync(dir, { withFileTypes: true });
assert.ok(entry.isFile() && entry.name === 'a.txt' && entry.parentPath === dir);

fs.symlinkSync('a.txt', path.join(dir, 'link'));
assert.ok(fs.lstatSync(path.join(dir, 'link')).isSymbolicLink());
assert.strictEqual(fs.readlinkSync(path.join(dir, 'link')), 'a.txt');
assert.strictEqual(fs.realpathSync(path.join(dir, 'link')), fs.realpathSync(file));
fs.copyFileSync(file, path.join(dir, 'b'));
assert.throws(() => fs.copyFileSync(file, path.join(dir, 'b'), fs.constants.COPYFILE_EXCL), { code: 'EEXIST' });
fs.renameSync(path.join(dir, 'b'), path.join(dir, 'c'));
fs.chmodSync(path.join(dir, 'c'), 0o600);
assert.strictEqual(fs.statSync(path.join(dir, 'c')).mode & 0o777, 0o600);
fs.utimesSync(path.join(dir, 'c'), 10, 20.5);
assert.strictEqual(fs.statSync(path.join(dir, 'c')).mtimeMs, 20500);
fs.linkSync(path.join(dir, 'c'), path.join(dir, 'd'));
assert.strictEqual(fs.statSync(path.join(dir, 'd')).nlink, 2);
fs.unlinkSync(path.join(dir, 'd'));
fs.accessSync(file, fs.constants.R_OK);
fs.cpSync(path.join(dir, 'x'), path.join(dir, 'copy'), { recursive: true });
assert.ok(fs.existsSync(path.join(dir, 'copy/y/z/f')));
assert.deepStrictEqual(fs.globSync('x/**/*', { cwd: dir }).sort(), ['x/y', 'x/y/z', 'x/y/z/f']);

const fail = (f) => {
  try {
    f();
  } catch (e) {
    return [e.constructor.name, e.code, e.errno, e.syscall, e.message.replaceAll(dir, '<dir>'), Object.keys(e).join()];
  }
};
console.log(fail(() => fs.readFileSync(path.join(dir, 'nope'))));
console.log(fail(() => fs.readFileSync(dir)));
console.log(fail(() => fs.openSync(path.join(dir, 'nope'))));
console.log(fail(() => fs.mkdirSync(dir)));
console.log(fail(() => fs.rmdirSync(dir)));
console.log(fail(() => fs.readdirSync(file)));
console.log(fail(() => fs.renameSync(path.join(dir, 'nope'), file)));
console.log(fail(() => fs.statSync(path.join(dir, 'nope'))));
console.log(fail(() => fs.accessSync(path.join(dir, 'nope'))));
console.log(fail(() => fs.rmSync(path.join(dir, 'nope'))));
console.log(fail(() => fs.closeSync(999)));
console.log(fail(() => fs.readFileSync(1.5)));
console.log(fail(() => fs.readFileSync()));
console.log(fail(() => fs.readFileSync('a\0b')));
console.log(fail(() => fs.readFileSync('x', 'nope')));
console.log(fail(() => fs.openSync('x', 'q')));
console.log(fail(() => fs.writeFileSync(file, {})));
console.log(fail(() => fs.symlinkSync('a', file)));
