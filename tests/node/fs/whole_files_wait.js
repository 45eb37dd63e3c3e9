// SPDX-License-Identifier: MIT
// Files that let readers and writers wait (pipes with names) keep nobody else from running; an endless one is left when its signal says so.
const assert = require('assert');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { AsyncLocalStorage } = require('async_hooks');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-wait-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const pipe = (name) => {
  execFileSync('mkfifo', [path.join(folder, name)]);
  return path.join(folder, name);
};

(async () => {
  const one = pipe('one'), two = pipe('two');
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  const storage = new AsyncLocalStorage();
  const read = fs.promises.readFile(one, 'utf8');
  const seen = new Promise((resolve) => storage.run('here', () => fs.readFile(two, (error, bytes) => resolve([error, bytes.length, storage.getStore()]))));
  while (turns < 5) await new Promise(setImmediate);
  await Promise.all([fs.promises.writeFile(one, 'through the pipe'), fs.promises.appendFile(two, Buffer.alloc(300000))]);
  assert.strictEqual(await read, 'through the pipe');
  assert.deepStrictEqual(await seen, [null, 300000, 'here']);
  clearInterval(ticking);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 5);
  await assert.rejects(fs.promises.readFile('/dev/zero', { signal: controller.signal }), { name: 'AbortError', code: 'ABORT_ERR' });
  const before = fs.readdirSync('/proc/self/fd').length;
  await Promise.allSettled([fs.promises.readFile(folder), fs.promises.writeFile('/dev/full', 'x'), fs.promises.readFile('/dev/null', { signal: AbortSignal.abort() })]);
  assert.strictEqual(fs.readdirSync('/proc/self/fd').length, before);
})();
