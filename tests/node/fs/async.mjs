// SPDX-License-Identifier: MIT
// Callbacks and promises of fs.
import assert from 'node:assert';
import fs from 'node:fs';
import { readFile, writeFile, mkdtemp, rm, open, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const dir = await mkdtemp(path.join(os.tmpdir(), 'weft-fs-'));
const file = path.join(dir, 'a');
await writeFile(file, 'text');
assert.strictEqual(await readFile(file, 'utf8'), 'text');
await assert.rejects(readFile(file + 'nope'), { code: 'ENOENT', syscall: 'open', path: file + 'nope' });
await assert.rejects(readFile(1, { encoding: 'nope' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.deepStrictEqual(await readdir(dir), ['a']);
assert.ok((await stat(dir)).isDirectory());

const handle = await open(file, 'r+');
assert.strictEqual(typeof handle.fd, 'number');
const { bytesRead, buffer } = await handle.read(Buffer.alloc(10), 0, 10, 1);
assert.strictEqual(buffer.toString('utf8', 0, bytesRead), 'ext');
await handle.write('T', 0);
await handle.close();
assert.strictEqual(fs.readFileSync(file, 'latin1'), 'Text');

await new Promise((resolve) => {
  let sync = true;
  fs.readFile(file, 'utf8', (error, data) => {
    assert.strictEqual(sync, false);
    assert.strictEqual(error, null);
    assert.strictEqual(data, 'Text');
    fs.stat(file + 'nope', (err, stats) => {
      assert.strictEqual(err.code, 'ENOENT');
      assert.strictEqual(stats, undefined);
      resolve();
    });
  });
  sync = false;
});
assert.throws(() => fs.readFile(file), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fs.readFile({}, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
fs.exists(file, (yes) => assert.strictEqual(yes, true));
await rm(dir, { recursive: true });
assert.ok(!fs.existsSync(dir));
