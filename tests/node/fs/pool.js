// env: UV_THREADPOOL_SIZE=1
// No function of fs with a callback or promise makes a system call on the isolate's thread: while the pool's only thread waits for a pipe,
// all of them wait, and nothing has happened to the files.
const assert = require('assert');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-pool-'));
const at = (name) => path.join(dir, name);
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
execFileSync('mkfifo', [at('pipe')]);

const LARGE = 'x'.repeat(100000); // small files may be read without waiting when they lie in memory
let files = 0;
function file() {
  const name = at(`file${files++}`);
  fs.writeFileSync(name, LARGE);
  return name;
}
function folder() {
  const name = at(`folder${files++}`);
  fs.mkdirSync(`${name}/in`, { recursive: true });
  fs.writeFileSync(`${name}/in/file`, LARGE);
  return name;
}
const fresh = () => at(`new${files++}`);
const fd = (flags = 'r+') => fs.openSync(file(), flags);
const link = () => {
  const name = fresh();
  fs.symlinkSync(file(), name);
  return name;
};
const one = () => Buffer.alloc(8);
const now = new Date(1e12);

// NAME: arguments, for callbacks and (unless the first is a descriptor) for promises
const calls = {
  access: () => [file()],
  appendFile: () => [file(), 'more'],
  chmod: () => [file(), 0o600],
  chown: () => [file(), process.getuid(), process.getgid()],
  close: () => [fd()],
  copyFile: () => [file(), fresh()],
  cp: () => [folder(), fresh(), { recursive: true, filter: () => true }],
  exists: () => [file()],
  fchmod: () => [fd(), 0o600],
  fchown: () => [fd(), process.getuid(), process.getgid()],
  fdatasync: () => [fd()],
  fstat: () => [fd()],
  fsync: () => [fd()],
  ftruncate: () => [fd(), 5],
  futimes: () => [fd(), now, now],
  glob: () => [`${folder()}/**`],
  lchown: () => [link(), process.getuid(), process.getgid()],
  link: () => [file(), fresh()],
  lstat: () => [link()],
  lutimes: () => [link(), now, now],
  mkdir: () => [path.join(fresh(), 'b/c'), { recursive: true }],
  mkdtemp: () => [fresh()],
  open: () => [file(), 'r'],
  openAsBlob: () => [file()],
  opendir: () => [folder(), { recursive: true }],
  read: () => [fd(), one(), 0, 8, 0],
  readdir: () => [folder(), { recursive: true, withFileTypes: true }],
  readFile: () => [file()],
  readlink: () => [link()],
  readv: () => [fd(), [one(), one()], 0],
  realpath: () => [link()],
  rename: () => [file(), fresh()],
  rm: () => [folder(), { recursive: true }],
  rmdir: () => {
    const name = fresh();
    fs.mkdirSync(name);
    return [name];
  },
  stat: () => [file()],
  statfs: () => [dir],
  symlink: () => [file(), fresh()],
  truncate: () => [file(), 5],
  unlink: () => [file()],
  utimes: () => [file(), now, now],
  write: () => [fd(), one(), 0, 8, 0],
  writeFile: () => [fresh(), 'text'],
  writev: () => [fd(), [one(), one()], 0],
};
const handleCalls = {
  appendFile: ['more'], chmod: [0o600], chown: [process.getuid(), process.getgid()], datasync: [], sync: [], read: [one(), 0, 8, 0],
  readv: [[one()], 0], readFile: [], stat: [], truncate: [5], utimes: [now, now], write: [one(), 0, 8, 0], writev: [[one()], 0],
  writeFile: ['text'], close: [],
};

// Every function that does its work later is in the list.
const others = ['createReadStream', 'createWriteStream', 'unwatchFile', 'watch', 'watchFile'];
for (const name of Object.keys(fs)) {
  if (!/^[a-z]/.test(name) || typeof fs[name] !== 'function' || name.endsWith('Sync') || others.includes(name)) continue;
  assert.ok(name in calls, name);
}
for (const name of Object.keys(fs.promises)) {
  if (typeof fs.promises[name] === 'function') assert.ok(name in calls || ['lchmod', 'watch', 'mkdtempDisposable'].includes(name), name);
}

const done = [];
let expected = 0;
function begin(label, promise) {
  expected++;
  promise.then(() => done.push(label), (error) => {
    throw new Error(label, { cause: error });
  });
}
const asPromise = (name, args) => new Promise((resolve, reject) => {
  fs[name](...args, (error) => (error && error !== true ? reject(error) : resolve()));
});

function snapshot() {
  return fs.readdirSync(dir, { recursive: true }).sort().map((name) => {
    const { mode, size, mtimeMs } = fs.lstatSync(at(name));
    return `${name} ${mode} ${size} ${mtimeMs}`;
  }).join('\n');
}

async function main() {
  const handles = {};
  for (const name of Object.keys(handleCalls)) handles[name] = await fs.promises.open(file(), 'r+');
  const prepared = Object.entries(calls).map(([name, make]) => [name, make(), typeof fs.promises[name] === 'function' ? make() : null]);

  const waiting = asPromise('open', [at('pipe'), 'r']); // until somebody opens it for writing
  const before = snapshot();
  for (const [name, args, promiseArgs] of prepared) {
    if (name === 'openAsBlob') begin(name, fs.openAsBlob(...args));
    else begin(name, asPromise(name, args));
    if (name === 'glob') begin('promises.glob', Array.fromAsync(fs.promises.glob(...promiseArgs)));
    else if (promiseArgs) begin(`promises.${name}`, fs.promises[name](...promiseArgs));
  }
  begin('promises.mkdtempDisposable', fs.promises.mkdtempDisposable(fresh()));
  for (const [name, args] of Object.entries(handleCalls)) begin(`handle.${name}`, handles[name][name](...args));

  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepStrictEqual(done, []);
  assert.strictEqual(snapshot(), before);

  fs.closeSync(fs.openSync(at('pipe'), 'w'));
  await waiting;
  for (let i = 0; i < 400 && done.length < expected; i++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.strictEqual(done.length, expected);
}
main();
