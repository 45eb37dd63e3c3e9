// SPDX-License-Identifier: MIT
// Files with promises: the synchronous functions, settled from the event loop; FileHandle.
'use strict';

const fs = require('fs');
const EventEmitter = require('events');
const { complete } = internalBinding('timers');
const { codes } = require('internal/errors');

// A promise for what f gives, settled in the loop's poll phase.
function later(f) {
  return new Promise((resolve, reject) => {
    let result, error, failed = false;
    try {
      result = f();
    } catch (e) {
      failed = true;
      error = e;
    }
    if (failed && error.syscall === undefined) reject(error);
    else if (failed) complete(reject, error);
    else complete(resolve, result);
  });
}

function pathOrFd(path) {
  return path instanceof FileHandle ? path.fd : path;
}

class FileHandle extends EventEmitter {
  #fd;
  #closing;
  constructor(fd) {
    super();
    this.#fd = fd;
  }
  get fd() {
    return this.#fd;
  }
  getAsyncId() {
    return 0;
  }
  appendFile(data, options) {
    return later(() => fs.appendFileSync(this.#fd, data, options));
  }
  chmod(mode) {
    return later(() => fs.fchmodSync(this.#fd, mode));
  }
  chown(uid, gid) {
    return later(() => fs.fchownSync(this.#fd, uid, gid));
  }
  datasync() {
    return later(() => fs.fdatasyncSync(this.#fd));
  }
  sync() {
    return later(() => fs.fsyncSync(this.#fd));
  }
  read(buffer, offset, length, position) {
    return new Promise((resolve, reject) => {
      const args = [buffer, offset, length, position];
      while (args.length > 0 && args[args.length - 1] === undefined) args.pop();
      fs.read(this.#fd, ...args, (error, bytesRead, view) => (error ? reject(error) : resolve({ __proto__: null, bytesRead, buffer: view })));
    });
  }
  readv(buffers, position) {
    return later(() => ({ __proto__: null, bytesRead: fs.readvSync(this.#fd, buffers, position), buffers }));
  }
  readFile(options) {
    return later(() => fs.readFileSync(this.#fd, options));
  }
  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }
  stat(options) {
    return later(() => fs.fstatSync(this.#fd, options));
  }
  truncate(len = 0) {
    return later(() => fs.ftruncateSync(this.#fd, len));
  }
  utimes(atime, mtime) {
    return later(() => fs.futimesSync(this.#fd, atime, mtime));
  }
  write(buffer, offset, length, position) {
    return later(() => ({ __proto__: null, bytesWritten: fs.writeSync(this.#fd, buffer, offset, length, position), buffer }));
  }
  writev(buffers, position) {
    return later(() => ({ __proto__: null, bytesWritten: fs.writevSync(this.#fd, buffers, position), buffers }));
  }
  writeFile(data, options) {
    return writeFile(this, data, options);
  }
  close() {
    if (this.#fd === -1) return Promise.resolve();
    this.#closing ??= later(() => {
      const fd = this.#fd;
      this.#fd = -1;
      fs.closeSync(fd);
      this.emit('close');
    });
    return this.#closing;
  }
  createReadStream(options) {
    return fs.createReadStream('', { ...options, fd: this });
  }
  createWriteStream(options) {
    return fs.createWriteStream('', { ...options, fd: this });
  }
  async [Symbol.asyncDispose]() {
    await this.close();
  }
}

async function writeFile(path, data, options) {
  if (data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) && (data[Symbol.asyncIterator] || data[Symbol.iterator])) {
    const handle = path instanceof FileHandle ? path : await open(path, options?.flag ?? 'w', options?.mode);
    try {
      for await (const chunk of data) await handle.appendFile(chunk, options);
    } finally {
      if (handle !== path) await handle.close();
    }
    return;
  }
  if (options?.signal?.aborted) {
    const { AbortError } = require('internal/errors');
    throw new AbortError(undefined, { cause: options.signal.reason });
  }
  return later(() => fs.writeFileSync(pathOrFd(path), data, options));
}

async function readFile(path, options) {
  if (options?.signal?.aborted) {
    const { AbortError } = require('internal/errors');
    throw new AbortError(undefined, { cause: options.signal.reason });
  }
  return later(() => fs.readFileSync(pathOrFd(path), options));
}

function open(path, flags, mode) {
  return later(() => new FileHandle(fs.openSync(path, flags, mode)));
}

function simple(name) {
  const sync = fs[`${name}Sync`];
  return { [name]: (...args) => later(() => sync(...args)) }[name];
}

async function* glob(pattern, options) {
  yield* require('internal/glob').globSync(pattern, options);
}

module.exports = {
  access: simple('access'),
  copyFile: simple('copyFile'),
  cp: simple('cp'),
  glob,
  open,
  opendir: simple('opendir'),
  rename: simple('rename'),
  truncate: simple('truncate'),
  rm: simple('rm'),
  rmdir: simple('rmdir'),
  mkdir: simple('mkdir'),
  readdir: simple('readdir'),
  readlink: simple('readlink'),
  symlink: simple('symlink'),
  lstat: simple('lstat'),
  stat: simple('stat'),
  statfs: simple('statfs'),
  link: simple('link'),
  unlink: simple('unlink'),
  chmod: simple('chmod'),
  lchmod: async () => {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
  },
  lchown: simple('lchown'),
  chown: simple('chown'),
  utimes: simple('utimes'),
  lutimes: simple('lutimes'),
  realpath: simple('realpath'),
  mkdtemp: simple('mkdtemp'),
  writeFile,
  appendFile: (path, data, options) => later(() => fs.appendFileSync(pathOrFd(path), data, options)),
  readFile,
  watch: async function* watch() { // eslint-disable-line require-yield
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('fs.promises.watch');
  },
  constants: fs.constants,
};
Object.defineProperty(module.exports, 'FileHandle', { value: FileHandle, enumerable: false });
