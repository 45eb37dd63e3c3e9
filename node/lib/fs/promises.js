// SPDX-License-Identifier: MIT
// Files with promises, all on libuv's pool: FileHandle and functions like those of fs with callbacks.
'use strict';

const fs = require('fs');
const EventEmitter = require('events');
const { codes } = require('internal/errors');

// A promise for what name(...args) of internal/fs_calls gives.
function later(name, ...args) {
  return new Promise((resolve, reject) => {
    require('internal/fs_calls')[name](...args)((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

// A promise for what name(...args, callback) of fs calls back with.
function onPool(name, ...args) {
  return new Promise((resolve, reject) => {
    fs[name](...args, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

// The same for a function of internal/fs_files, whatever a program has put in fs.
function onWholeFile(name, ...args) {
  return new Promise((resolve, reject) => {
    require('internal/fs_files')[name](...args, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
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
  // The descriptor for a call of that name.
  #open(syscall) {
    if (this.#fd !== -1) return this.#fd;
    const error = new Error('file closed');
    error.code = 'EBADF';
    error.syscall = syscall;
    throw error;
  }
  getAsyncId() {
    return 0;
  }
  async appendFile(data, options) {
    return onWholeFile('appendFile', this.#open('appendFile'), data, options);
  }
  async chmod(mode) {
    return later('fchmod', this.#open('chmod'), mode);
  }
  async chown(uid, gid) {
    return later('fchown', this.#open('chown'), uid, gid);
  }
  async datasync() {
    return onPool('fdatasync', this.#open('datasync'));
  }
  async sync() {
    return onPool('fsync', this.#open('sync'));
  }
  async read(buffer, offset, length, position) {
    const fd = this.#open('read');
    let args;
    if (ArrayBuffer.isView(buffer) && (offset === null || typeof offset !== 'object')) {
      args = [buffer, offset, length, position ?? null];
    } else {
      args = ArrayBuffer.isView(buffer) ? [buffer, offset] : [buffer ?? {}];
    }
    let view;
    const bytesRead = await new Promise((resolve, reject) => {
      fs.read(fd, ...args, (error, n, target) => {
        view = target;
        if (error) reject(error);
        else resolve(n);
      });
    });
    return { __proto__: null, bytesRead, buffer: view };
  }
  async readv(buffers, position) {
    return { __proto__: null, bytesRead: await onPool('readv', this.#open('readv'), buffers, position ?? null), buffers };
  }
  async readFile(options) {
    return onWholeFile('readFile', this.#open('readFile'), options);
  }
  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }
  async stat(options) {
    return later('fstat', this.#open('stat'), options);
  }
  async truncate(len = 0) {
    return onPool('ftruncate', this.#open('truncate'), len);
  }
  async utimes(atime, mtime) {
    return later('futimes', this.#open('utimes'), atime, mtime);
  }
  async write(buffer, offset, length, position) {
    const fd = this.#open('write');
    if (ArrayBuffer.isView(buffer) && buffer.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
    return { __proto__: null, bytesWritten: await onPool('write', fd, buffer, offset, length, position), buffer };
  }
  async writev(buffers, position) {
    return { __proto__: null, bytesWritten: await onPool('writev', this.#open('writev'), buffers, position ?? null), buffers };
  }
  writeFile(data, options) {
    return writeFile(this, data, options);
  }
  close() {
    if (this.#fd === -1) return Promise.resolve();
    this.#closing ??= this.#close();
    return this.#closing;
  }
  async #close() {
    const fd = this.#fd;
    this.#fd = -1;
    this.emit('close');
    await onPool('close', fd);
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
  return onWholeFile('writeFile', pathOrFd(path), data, options);
}

async function readFile(path, options) {
  if (options?.signal?.aborted) {
    const { AbortError } = require('internal/errors');
    throw new AbortError(undefined, { cause: options.signal.reason });
  }
  return onWholeFile('readFile', pathOrFd(path), options);
}

async function open(path, flags, mode) {
  return new FileHandle(await onPool('open', path, flags, mode));
}

function simple(name) {
  return { [name]: (...args) => later(name, ...args) }[name];
}

async function* glob(pattern, options) {
  yield* await later('glob', pattern, options);
}

async function mkdtempDisposable(prefix, options) {
  const path = await later('mkdtemp', prefix, options), whole = require('path').resolve(`${path}`);
  const remove = () => later('rm', whole, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return { __proto__: null, path, async remove() { await remove(); }, async [Symbol.asyncDispose]() { await remove(); } };
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
  mkdtempDisposable,
  writeFile,
  appendFile: async (path, data, options) => onWholeFile('appendFile', pathOrFd(path), data, options),
  readFile,
  watch: (path, options) => require('internal/fs_watch').watchEvents(path, options),
  constants: fs.constants,
};
Object.defineProperty(module.exports, 'FileHandle', { value: FileHandle, enumerable: false });
