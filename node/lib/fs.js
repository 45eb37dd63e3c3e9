// SPDX-License-Identifier: MIT
// Files: the synchronous functions, and callback forms. Those on descriptors run on libuv's pool (internal/fs_async), the others run their
// synchronous function and call back from the event loop.
'use strict';

const binding = internalBinding('fs');
const { complete } = internalBinding('timers');
const { constants } = binding;
const utils = require('internal/fs_utils');
const { toPath, toFd, getOptions, toFlags, toMode, toTime, Stats, BigIntStats, Dirent, knownType } = utils;
const { codes } = require('internal/errors');

function buffer() {
  return require('buffer').Buffer;
}

function encodeText(text, options) {
  if (!options || !options.encoding || options.encoding === 'utf8' || options.encoding === 'utf-8') return text;
  const bytes = buffer().from(text);
  return options.encoding === 'buffer' ? bytes : bytes.toString(options.encoding);
}

// ---- Descriptors ----

function openSync(path, flags, mode) {
  return binding.open(toPath(path), toFlags(flags), toMode(mode, 'mode', 0o666));
}

function closeSync(fd) {
  binding.close(toFd(fd));
}

function readSync(fd, target, offsetOrOptions, length, position) {
  fd = toFd(fd);
  require('internal/validators').validateBuffer(target);
  let offset = offsetOrOptions;
  if (arguments.length <= 3 || (offsetOrOptions !== null && typeof offsetOrOptions === 'object')) {
    const options = offsetOrOptions ?? {};
    ({ offset = 0, length = target.byteLength - offset, position = null } = options);
  }
  offset ??= 0;
  require('internal/validators').validateInteger(offset, 'offset', 0);
  length = length === undefined ? target.byteLength - offset : length | 0;
  if (length === 0) return 0;
  if (target.byteLength === 0) throw new codes.ERR_INVALID_ARG_VALUE('buffer', target, 'is empty and cannot be written');
  checkRange(offset, length, target.byteLength);
  return binding.read(fd, target, offset, length, position);
}

function checkRange(offset, length, byteLength) {
  if (offset > byteLength) throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new codes.ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
}

function writeSync(fd, source, offsetOrOptions, length, position) {
  fd = toFd(fd);
  if (ArrayBuffer.isView(source)) {
    let offset = offsetOrOptions;
    if (typeof offset === 'object' && offset !== null) ({ offset = 0, length = source.byteLength - offset, position = null } = offset);
    if (position === undefined) position = null;
    offset ??= 0;
    require('internal/validators').validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = source.byteLength - offset;
    checkRange(offset, length, source.byteLength);
    return binding.write(fd, source, offset, length, position);
  }
  if (typeof source !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], source);
  const encoding = typeof length === 'string' ? length : undefined;
  if (offsetOrOptions === undefined) offsetOrOptions = null;
  if (encoding && encoding !== 'utf8' && encoding !== 'utf-8') {
    const bytes = buffer().from(source, encoding);
    return binding.write(fd, bytes, 0, bytes.length, offsetOrOptions);
  }
  return binding.writeString(fd, source, offsetOrOptions);
}

function transferAll(fd, buffers, position, call) {
  fd = toFd(fd);
  if (!Array.isArray(buffers)) throw new codes.ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  let total = 0;
  for (const view of buffers) {
    if (view.byteLength === 0) continue;
    const n = call(fd, view, 0, view.byteLength, typeof position === 'number' ? position + total : null);
    total += n;
    if (n < view.byteLength) break;
  }
  return total;
}
const readvSync = (fd, buffers, position) => transferAll(fd, buffers, position, binding.read);
const writevSync = (fd, buffers, position) => transferAll(fd, buffers, position, binding.write);

function ftruncateSync(fd, len = 0) {
  fd = toFd(fd);
  require('internal/validators').validateInteger(len, 'len');
  binding.ftruncate(fd, Math.max(0, len));
}
function fsyncSync(fd) {
  binding.fsync(toFd(fd));
}
function fdatasyncSync(fd) {
  binding.fdatasync(toFd(fd));
}

// ---- Whole files ----

const isFd = (path) => typeof path === 'number' && Number.isInteger(path);

function readFileSync(path, options) {
  options = getOptions(options, { flag: 'r' });
  const target = isFd(path) ? toFd(path) : toPath(path);
  if (options.flag !== 'r' && options.flag !== undefined && !isFd(path)) binding.close(openSync(path, options.flag, 0o666));
  if (options.encoding === 'utf8' || options.encoding === 'utf-8') return binding.readFileUtf8(target);
  const bytes = buffer().from(binding.readFileBytes(target));
  return options.encoding && options.encoding !== 'buffer' ? bytes.toString(options.encoding) : bytes;
}

function writeAll(fd, data, encoding) {
  if (typeof data === 'string' && (!encoding || encoding === 'utf8' || encoding === 'utf-8')) {
    binding.writeString(fd, data, null);
    return;
  }
  const bytes = typeof data === 'string' ? buffer().from(data, encoding) : data;
  for (let offset = 0; offset < bytes.byteLength;) offset += binding.write(fd, bytes, offset, bytes.byteLength - offset, null);
}

function writeFileSync(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const isUserFd = isFd(path);
  const fd = isUserFd ? toFd(path) : openSync(path, options.flag || 'w', options.mode);
  try {
    writeAll(fd, data, options.encoding);
    if (options.flush) binding.fsync(fd);
  } finally {
    if (!isUserFd) binding.close(fd);
  }
}

function appendFileSync(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false });
  if (!options.flag || isFd(path)) options = { ...options, flag: 'a' };
  writeFileSync(path, data, options);
}

function truncateSync(path, len) {
  if (len === undefined) len = 0;
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, len);
  } finally {
    binding.close(fd);
  }
}

// ---- Facts ----

function statsOf(numbers, options) {
  if (numbers === undefined) return undefined;
  return options && options.bigint ? new BigIntStats(numbers) : new Stats(numbers);
}

function statSync(path, options = { bigint: false, throwIfNoEntry: true }) {
  return statsOf(binding.stat(toPath(path), Boolean(options?.bigint), options?.throwIfNoEntry), options);
}
function lstatSync(path, options = { bigint: false, throwIfNoEntry: true }) {
  return statsOf(binding.lstat(toPath(path), Boolean(options?.bigint), options?.throwIfNoEntry), options);
}
function fstatSync(fd, options = { bigint: false }) {
  return statsOf(binding.fstat(toFd(fd), Boolean(options?.bigint)), options);
}
function statfsSync(path, options = { bigint: false }) {
  let n = binding.statfs(toPath(path));
  if (options?.bigint) n = n.map(BigInt);
  return new StatFs(n);
}
class StatFs {
  constructor(n) {
    this.type = n[0];
    this.bsize = n[1];
    this.frsize = n[1];
    this.blocks = n[2];
    this.bfree = n[3];
    this.bavail = n[4];
    this.files = n[5];
    this.ffree = n[6];
  }
}

function existsSync(path) {
  try {
    path = toPath(path);
  } catch {
    return false;
  }
  return binding.exists(path);
}

function accessSync(path, mode) {
  path = toPath(path);
  if (mode === undefined || mode === null) mode = constants.F_OK;
  require('internal/validators').validateInteger(mode, 'mode', 0, 7);
  binding.access(path, mode);
}

// ---- Directories ----

function joinPath(dir, name) {
  return require('path').join(dir, name);
}

function readdirSync(path, options) {
  options = getOptions(options, {});
  path = toPath(path);
  if (options.recursive !== undefined) require('internal/validators').validateBoolean(options.recursive, 'options.recursive');
  if (options.recursive) return readdirRecursive(path, options);
  const data = binding.readdir(path);
  const out = [];
  for (let i = 0; i < data.length; i += 2) {
    const name = encodeText(data[i], options);
    if (options.withFileTypes) {
      const type = data[i + 1] === constants.UV_DIRENT_UNKNOWN ? knownType(joinPath(String(path), data[i]), data[i + 1]) : data[i + 1];
      out.push(new Dirent(name, path, type));
    } else {
      out.push(name);
    }
  }
  return out;
}

function readdirRecursive(root, options) {
  root = String(root);
  const out = [];
  const queue = [root];
  for (let i = 0; i < queue.length; i++) {
    const dir = queue[i];
    const data = binding.readdir(dir);
    for (let k = 0; k < data.length; k += 2) {
      const full = joinPath(dir, data[k]);
      const type = knownType(full, data[k + 1]);
      out.push(options.withFileTypes ? new Dirent(encodeText(data[k], options), dir, type)
        : encodeText(require('path').relative(root, full), options));
      if (type === constants.UV_DIRENT_DIR) queue.push(full);
    }
  }
  return out;
}

// The first directory that had to be made, in the words of `path`, or undefined.
function mkdirRecursive(path, mode) {
  const whole = String(path);
  const waiting = [whole]; // each is the parent of the one before
  let made = Infinity; // the length of the shortest whose parent exists: where mkdir still fails, as in /proc, we end
  let first;
  while (waiting.length > 0) {
    const at = waiting[waiting.length - 1];
    try {
      binding.mkdir(at, mode);
      first ??= at;
    } catch (error) {
      const parent = at.slice(0, at.lastIndexOf('/'));
      if (error.code === 'ENOENT' && parent !== '' && at.includes('/') && parent.length < made) {
        waiting.push(parent);
        continue;
      }
      if (error.code !== 'EEXIST' && error.code !== 'EISDIR') throw mkdirFailure(error, error.code, error.errno, whole);
      const kind = binding.kind(at);
      if (kind === -1) throw mkdirFailure(error, 'ENOENT', -2, whole); // a link that leads nowhere
      if (kind !== 1) {
        const between = waiting.length > 1; // a file where a directory should lead on
        throw mkdirFailure(error, between ? 'ENOTDIR' : 'EEXIST', between ? -20 : -17, whole);
      }
    }
    made = at.length;
    waiting.pop();
  }
  return first;
}

function mkdirFailure(error, code, errno, path) {
  if (error.path === path && error.code === code) return error;
  const words = code === 'ENOENT' ? 'no such file or directory' : code === 'ENOTDIR' ? 'not a directory' : /: (.*), mkdir/.exec(error.message)[1];
  error.message = `${code}: ${words}, mkdir '${path}'`;
  return Object.assign(error, { code, errno, path });
}

function mkdirSync(path, options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = toMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      require('internal/validators').validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = toMode(options.mode, 'options.mode');
  }
  path = toPath(path);
  if (recursive) return mkdirRecursive(path, mode);
  binding.mkdir(path, mode);
}

function mkdtempSync(prefix, options) {
  options = getOptions(options, {});
  return encodeText(binding.mkdtemp(`${toPath(prefix, 'prefix')}XXXXXX`), options);
}

// The folder goes with all that is in it; from where the process was then, if the prefix is relative.
function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options), whole = require('path').resolve(`${path}`);
  const remove = () => rmSync(whole, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return { __proto__: null, path, remove() { remove(); }, [Symbol.dispose]() { remove(); } };
}

// The Blob holds what the file holds now.
function openAsBlobSync(path, options = {}) {
  const { validateObject, validateString } = require('internal/validators');
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  statSync(path); // says so if there is none
  const { Blob } = require('internal/blob');
  return new Blob([readFileSync(path)], { type });
}

async function openAsBlob(path, options = {}) {
  return openAsBlobSync(path, options);
}

function rmdirSync(path, options) {
  if (options?.recursive !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
  }
  binding.rmdir(toPath(path));
}

function removeTree(path) {
  const data = binding.readdir(path);
  for (let i = 0; i < data.length; i += 2) {
    const full = joinPath(path, data[i]);
    if (knownType(full, data[i + 1]) === constants.UV_DIRENT_DIR) removeTree(full);
    else binding.unlink(full);
  }
  binding.rmdir(path);
}

function rmSync(path, options) {
  const { force = false, recursive = false } = options ?? {};
  path = toPath(path);
  const numbers = binding.lstat(path, false, !force);
  if (numbers === undefined) return;
  if (!new Stats(numbers).isDirectory()) {
    binding.unlink(path);
    return;
  }
  if (!recursive) {
    const error = new codes.ERR_FS_EISDIR(String(path));
    error.name = 'SystemError';
    throw error;
  }
  removeTree(String(path));
}

function unlinkSync(path) {
  binding.unlink(toPath(path));
}
function renameSync(oldPath, newPath) {
  binding.rename(toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath'));
}
function copyFileSync(src, dest, mode = 0) {
  binding.copyFile(toPath(src, 'src'), toPath(dest, 'dest'), mode ?? 0);
}
function linkSync(existingPath, newPath) {
  binding.link(toPath(existingPath, 'existingPath'), toPath(newPath, 'newPath'));
}
function symlinkSync(target, path, type) {
  if (type !== undefined && type !== null && !['dir', 'file', 'junction'].includes(type)) {
    throw new codes.ERR_INVALID_ARG_VALUE('type', type, "must be one of: 'dir', 'file', 'junction', null, undefined");
  }
  binding.symlink(toPath(target, 'target'), toPath(path), 0);
}
function readlinkSync(path, options) {
  return encodeText(binding.readlink(toPath(path)), getOptions(options, {}));
}
function realpathSync(path, options) {
  return encodeText(binding.realpath(toPath(path)), getOptions(options, {}));
}
realpathSync.native = (path, options) => realpathSync(path, options);

function chmodSync(path, mode) {
  binding.chmod(toPath(path), toMode(mode, 'mode'));
}
function fchmodSync(fd, mode) {
  binding.fchmod(toFd(fd), toMode(mode, 'mode'));
}
function lchmodSync() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('lchmodSync()');
}
function checkIds(uid, gid) {
  const { validateInteger } = require('internal/validators');
  validateInteger(uid, 'uid', -1, 4294967295);
  validateInteger(gid, 'gid', -1, 4294967295);
}
function chownSync(path, uid, gid) {
  checkIds(uid, gid);
  binding.chown(toPath(path), uid, gid);
}
function fchownSync(fd, uid, gid) {
  checkIds(uid, gid);
  binding.fchown(toFd(fd), uid, gid);
}
function lchownSync(path, uid, gid) {
  checkIds(uid, gid);
  binding.lchown(toPath(path), uid, gid);
}
function utimesSync(path, atime, mtime) {
  binding.utimes(toPath(path), toTime(atime), toTime(mtime));
}
function futimesSync(fd, atime, mtime) {
  binding.futimes(toFd(fd), toTime(atime, 'atime'), toTime(mtime, 'mtime'));
}
function lutimesSync(path, atime, mtime) {
  binding.lutimes(toPath(path), toTime(atime), toTime(mtime));
}

function cpSync(src, dest, options = {}) {
  src = String(toPath(src, 'src'));
  dest = String(toPath(dest, 'dest'));
  const path = require('path');
  const { recursive = false, force = true, errorOnExist = false, dereference = false, preserveTimestamps = false, filter, mode = 0, verbatimSymlinks = false } = options ?? {};
  const fail = (Class, message, from, to) => {
    const error = new Class();
    error.message = `${message}: cp ${from} ${to ? `-> ${to}` : ''}`.trim();
    return error;
  };
  const copy = (from, to) => {
    if (filter && !filter(from, to)) return;
    const stats = dereference ? statSync(from) : lstatSync(from);
    const existing = lstatSync(to, { throwIfNoEntry: false });
    if (stats.isDirectory()) {
      if (!recursive) {
        const error = new codes.ERR_FS_EISDIR(from);
        error.message = `Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${from} is a directory (not copied)) ${from}`;
        throw error;
      }
      if (existing && !existing.isDirectory()) throw fail(codes.ERR_FS_CP_DIR_TO_NON_DIR, 'Cannot overwrite non-directory with directory', from, to);
      if ((path.resolve(to) + '/').startsWith(path.resolve(from) + '/')) throw fail(codes.ERR_FS_CP_EINVAL, `Cannot copy ${from} to a subdirectory of self ${to}`, from, to);
      if (!existing) mkdirSync(to, { recursive: true, mode: stats.mode & 0o777 });
      for (const name of readdirSync(from)) copy(path.join(from, name), path.join(to, name));
      return;
    }
    if (existing && existing.isDirectory()) throw fail(codes.ERR_FS_CP_NON_DIR_TO_DIR, 'Cannot overwrite directory with non-directory', from, to);
    if (existing && !force) {
      if (errorOnExist) throw fail(codes.ERR_FS_CP_EEXIST, 'Target already exists', from, to);
      return;
    }
    if (!existing) mkdirSync(path.dirname(to), { recursive: true });
    if (stats.isSymbolicLink()) {
      let target = readlinkSync(from);
      if (!verbatimSymlinks && !path.isAbsolute(target)) target = path.resolve(path.dirname(from), target);
      if (existing) unlinkSync(to);
      symlinkSync(target, to);
      return;
    }
    copyFileSync(from, to, mode);
    if (preserveTimestamps) utimesSync(to, stats.atime, stats.mtime);
  };
  copy(src, dest);
}

// ---- Dir ----

class Dir {
  #path;
  #entries;
  #index = 0;
  #closed = false;
  constructor(path, entries) {
    this.#path = path;
    this.#entries = entries;
  }
  get path() {
    return this.#path;
  }
  #check() {
    if (this.#closed) throw new codes.ERR_DIR_CLOSED();
  }
  readSync() {
    this.#check();
    return this.#entries[this.#index++] ?? null;
  }
  read(callback) {
    if (callback === undefined) return Promise.resolve().then(() => this.readSync());
    call(callback, () => this.readSync());
  }
  closeSync() {
    this.#check();
    this.#closed = true;
  }
  close(callback) {
    if (callback === undefined) return Promise.resolve().then(() => this.closeSync());
    call(callback, () => this.closeSync());
  }
  async *entries() {
    try {
      for (let entry; (entry = await this.read()) !== null;) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }
  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }
  async [Symbol.asyncDispose]() {
    if (!this.#closed) this.closeSync();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, { value: Dir.prototype.entries, writable: true, configurable: true, enumerable: false });

function opendirSync(path, options) {
  return new Dir(String(toPath(path)), readdirSync(path, { ...options, withFileTypes: true }));
}

function globSync(pattern, options) {
  return require('internal/glob').globSync(pattern, options);
}

// ---- Callback forms ----

function checkCallback(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'cb');
  return callback;
}

// Runs f now and calls back from the loop: errors of the system go to the callback.
function call(callback, f) {
  let result;
  try {
    result = f();
  } catch (error) {
    if (error.syscall === undefined && !(error.code && String(error.code).startsWith('ERR_FS_'))) throw error; // a wrong argument
    complete(callback, error);
    return;
  }
  if (result === undefined) complete(callback, null);
  else complete(callback, null, result);
}

// name(...args, callback) out of a synchronous function.
function withCallback(name, sync) {
  const f = { [name](...args) {
    const callback = checkCallback(args.pop());
    call(callback, () => sync(...args));
  } }[name];
  return f;
}

// A function of internal/fs_async, which is loaded by its first call.
function onPool(name) {
  return { [name](...args) {
    return require('internal/fs_async')[name](...args);
  } }[name];
}

// A function of internal/fs_files.
function onWholeFile(name) {
  return { [name](path, ...args) {
    return require('internal/fs_files')[name](path, ...args);
  } }[name];
}

const fs = module.exports = {
  appendFile: onWholeFile('appendFile'), appendFileSync,
  access: withCallback('access', accessSync), accessSync,
  chown: withCallback('chown', chownSync), chownSync,
  chmod: withCallback('chmod', chmodSync), chmodSync,
  close: onPool('close'),
  closeSync,
  copyFile: withCallback('copyFile', copyFileSync), copyFileSync,
  cp: withCallback('cp', cpSync), cpSync,
  createReadStream(path, options) {
    return new (require('internal/fs_streams').ReadStream)(path, options);
  },
  createWriteStream(path, options) {
    return new (require('internal/fs_streams').WriteStream)(path, options);
  },
  exists(path, callback) {
    checkCallback(callback);
    complete(callback, existsSync(path));
  },
  existsSync,
  fchown: withCallback('fchown', fchownSync), fchownSync,
  fchmod: withCallback('fchmod', fchmodSync), fchmodSync,
  fdatasync: onPool('fdatasync'), fdatasyncSync,
  fstat: withCallback('fstat', fstatSync), fstatSync,
  fsync: onPool('fsync'), fsyncSync,
  ftruncate: onPool('ftruncate'), ftruncateSync,
  futimes: withCallback('futimes', futimesSync), futimesSync,
  glob: withCallback('glob', globSync), globSync,
  lchown: withCallback('lchown', lchownSync), lchownSync,
  lchmod: undefined, lchmodSync: undefined,
  link: withCallback('link', linkSync), linkSync,
  lstat: withCallback('lstat', lstatSync), lstatSync,
  lutimes: withCallback('lutimes', lutimesSync), lutimesSync,
  mkdir: withCallback('mkdir', mkdirSync), mkdirSync,
  mkdtemp: withCallback('mkdtemp', mkdtempSync), mkdtempSync, mkdtempDisposableSync,
  open: onPool('open'), openSync,
  openAsBlob, openAsBlobSync,
  opendir: withCallback('opendir', opendirSync), opendirSync,
  read: onPool('read'),
  readSync,
  readv: onPool('readv'),
  readvSync,
  readdir: withCallback('readdir', readdirSync), readdirSync,
  readFile: onWholeFile('readFile'), readFileSync,
  readlink: withCallback('readlink', readlinkSync), readlinkSync,
  realpath: withCallback('realpath', realpathSync), realpathSync,
  rename: withCallback('rename', renameSync), renameSync,
  rm: withCallback('rm', rmSync), rmSync,
  rmdir: withCallback('rmdir', rmdirSync), rmdirSync,
  stat: withCallback('stat', statSync), statSync,
  statfs: withCallback('statfs', statfsSync), statfsSync,
  symlink: withCallback('symlink', symlinkSync), symlinkSync,
  truncate: withCallback('truncate', truncateSync), truncateSync,
  unlink: withCallback('unlink', unlinkSync), unlinkSync,
  unwatchFile() {},
  utimes: withCallback('utimes', utimesSync), utimesSync,
  watch() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('fs.watch');
  },
  watchFile() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('fs.watchFile');
  },
  writeFile: onWholeFile('writeFile'), writeFileSync,
  write: onPool('write'),
  writeSync,
  writev: onPool('writev'),
  writevSync,
  Dirent, Stats, Dir,
  _toUnixTimestamp: toTime,
};
utils.own.read = fs.read;
delete fs.lchmod;
delete fs.lchmodSync;
fs.realpath.native = (path, options, callback) => fs.realpath(path, ...(callback ? [options, callback] : [options]));

for (const name of ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream']) {
  Object.defineProperty(fs, name, {
    configurable: true,
    enumerable: true,
    get: () => require('internal/fs_streams')[name.replace('File', '')],
    set(value) {
      Object.defineProperty(fs, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
}
Object.defineProperties(fs, {
  F_OK: { enumerable: false, value: constants.F_OK },
  R_OK: { enumerable: false, value: constants.R_OK },
  W_OK: { enumerable: false, value: constants.W_OK },
  X_OK: { enumerable: false, value: constants.X_OK },
  constants: { configurable: false, enumerable: true, value: constants },
  promises: {
    configurable: true,
    enumerable: true,
    get() {
      return require('fs/promises');
    },
  },
});
const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(fs.exists, custom, { value: (path) => new Promise((resolve) => fs.exists(path, resolve)) });
const customArgs = Symbol.for('nodejs.util.promisify.customArgs');
for (const [name, names] of [['read', ['bytesRead', 'buffer']], ['write', ['bytesWritten', 'buffer']], ['readv', ['bytesRead', 'buffers']], ['writev', ['bytesWritten', 'buffers']]]) {
  Object.defineProperty(fs[name], customArgs, { value: names, enumerable: false });
  Object.defineProperty(fs[name], custom, {
    value: (...args) => new Promise((resolve, reject) => {
      fs[name](...args, (error, count, data) => (error ? reject(error) : resolve({ [names[0]]: count, [names[1]]: data })));
    }),
    enumerable: false,
  });
}
