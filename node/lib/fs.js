// SPDX-License-Identifier: MIT
// Files: the synchronous functions, and callback forms, whose system calls run on libuv's pool (internal/fs_async: descriptors;
// internal/fs_files: whole files; internal/fs_calls: the others).
'use strict';

const binding = internalBinding('fs');
const { constants } = binding;
const utils = require('internal/fs_utils');
const { toPath, toFd, getOptions, toFlags, toMode, toTime, Stats, Dirent, statsOf, encodeText, StatFs, mkdirOptions, accessMode, rmOptions } = utils;
const { codes } = require('internal/errors');

function buffer() {
  return require('buffer').Buffer;
}

// A function of internal/fs_steps, done now.
function steps(name, ...args) {
  const all = require('internal/fs_steps');
  return all.runNow(all[name](...args));
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

function truncateSync(path, len = 0) {
  require('internal/validators').validateInteger(len, 'len');
  steps('truncate', toPath(path), Math.max(0, len));
}

// ---- Facts ----

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
function existsSync(path) {
  try {
    path = toPath(path);
  } catch {
    return false;
  }
  return binding.exists(path);
}

function accessSync(path, mode) {
  binding.access(toPath(path), accessMode(mode));
}

// ---- Directories ----

function readdirSync(path, options) {
  options = utils.readdirOptions(options);
  path = toPath(path);
  if (options.recursive || options.withFileTypes) return steps('readdir', path, options);
  const data = binding.readdir(path);
  const out = [];
  for (let i = 0; i < data.length; i += 2) out.push(encodeText(data[i], options));
  return out;
}

function mkdirSync(path, options) {
  const { mode, recursive } = mkdirOptions(options);
  path = toPath(path);
  if (recursive) return steps('mkdirRecursive', path, mode);
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
  const { validateObject, validateString } = require('internal/validators');
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  await fs.promises.stat(path); // says so if there is none
  const { Blob } = require('internal/blob');
  return new Blob([await fs.promises.readFile(path)], { type });
}

function rmdirSync(path, options) {
  utils.rmdirOptions(options);
  binding.rmdir(toPath(path));
}

function rmSync(path, options) {
  steps('rm', toPath(path), rmOptions(options));
}

function unlinkSync(path) {
  binding.unlink(toPath(path));
}
function renameSync(oldPath, newPath) {
  binding.rename(toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath'));
}
function copyFileSync(src, dest, mode = 0) {
  binding.copyFile(toPath(src, 'src'), toPath(dest, 'dest'), utils.copyMode(mode));
}
function linkSync(existingPath, newPath) {
  binding.link(toPath(existingPath, 'existingPath'), toPath(newPath, 'newPath'));
}
function symlinkSync(target, path, type) {
  utils.checkLinkType(type);
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
function chownSync(path, uid, gid) {
  utils.checkIds(uid, gid);
  binding.chown(toPath(path), uid, gid);
}
function fchownSync(fd, uid, gid) {
  utils.checkIds(uid, gid);
  binding.fchown(toFd(fd), uid, gid);
}
function lchownSync(path, uid, gid) {
  utils.checkIds(uid, gid);
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

function cpSync(src, dest, options) {
  steps('cp', String(toPath(src, 'src')), String(toPath(dest, 'dest')), utils.cpOptions(options, true));
}

function opendirSync(path, options) {
  path = toPath(path);
  const entries = steps('readdir', path, { ...getOptions(options, {}), withFileTypes: true }, 'opendir');
  return new (require('internal/fs_dir').Dir)(String(path), entries);
}

function globSync(pattern, options) {
  const { checkPatterns, glob } = require('internal/glob');
  checkPatterns(pattern);
  return require('internal/fs_steps').runNow(glob(pattern, options));
}

// ---- Callback forms ----

function checkCallback(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'cb');
  return callback;
}

// name(...args, callback) of internal/fs_calls.
function onPath(name) {
  return { [name](...args) {
    const callback = checkCallback(args.pop());
    require('internal/fs_calls')[name](...args)((error, result) => {
      if (error) callback(error);
      else if (result === undefined) callback(null);
      else callback(null, result);
    });
  } }[name];
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

// A function of internal/fs_watch.
function onWatch(name) {
  return { [name](path, ...args) {
    return require('internal/fs_watch')[name](path, ...args);
  } }[name];
}

const fs = module.exports = {
  appendFile: onWholeFile('appendFile'), appendFileSync,
  access: onPath('access'), accessSync,
  chown: onPath('chown'), chownSync,
  chmod: onPath('chmod'), chmodSync,
  close: onPool('close'),
  closeSync,
  copyFile: onPath('copyFile'), copyFileSync,
  cp: onPath('cp'), cpSync,
  createReadStream(path, options) {
    return new (require('internal/fs_streams').ReadStream)(path, options);
  },
  createWriteStream(path, options) {
    return new (require('internal/fs_streams').WriteStream)(path, options);
  },
  exists(path, callback) {
    checkCallback(callback);
    require('internal/fs_calls').exists(path)((error, found) => callback(found));
  },
  existsSync,
  fchown: onPath('fchown'), fchownSync,
  fchmod: onPath('fchmod'), fchmodSync,
  fdatasync: onPool('fdatasync'), fdatasyncSync,
  fstat: onPath('fstat'), fstatSync,
  fsync: onPool('fsync'), fsyncSync,
  ftruncate: onPool('ftruncate'), ftruncateSync,
  futimes: onPath('futimes'), futimesSync,
  glob: onPath('glob'), globSync,
  lchown: onPath('lchown'), lchownSync,
  lchmod: undefined, lchmodSync: undefined,
  link: onPath('link'), linkSync,
  lstat: onPath('lstat'), lstatSync,
  lutimes: onPath('lutimes'), lutimesSync,
  mkdir: onPath('mkdir'), mkdirSync,
  mkdtemp: onPath('mkdtemp'), mkdtempSync, mkdtempDisposableSync,
  open: onPool('open'), openSync,
  openAsBlob, openAsBlobSync,
  opendir: onPath('opendir'), opendirSync,
  read: onPool('read'),
  readSync,
  readv: onPool('readv'),
  readvSync,
  readdir: onPath('readdir'), readdirSync,
  readFile: onWholeFile('readFile'), readFileSync,
  readlink: onPath('readlink'), readlinkSync,
  realpath: onPath('realpath'), realpathSync,
  rename: onPath('rename'), renameSync,
  rm: onPath('rm'), rmSync,
  rmdir: onPath('rmdir'), rmdirSync,
  stat: onPath('stat'), statSync,
  statfs: onPath('statfs'), statfsSync,
  symlink: onPath('symlink'), symlinkSync,
  truncate: onPath('truncate'), truncateSync,
  unlink: onPath('unlink'), unlinkSync,
  unwatchFile: onWatch('unwatchFile'),
  utimes: onPath('utimes'), utimesSync,
  watch: onWatch('watch'), watchFile: onWatch('watchFile'),
  writeFile: onWholeFile('writeFile'), writeFileSync,
  write: onPool('write'),
  writeSync,
  writev: onPool('writev'),
  writevSync,
  Dirent, Stats,
  get Dir() {
    return require('internal/fs_dir').Dir;
  },
  set Dir(value) {
    Object.defineProperty(fs, 'Dir', { value, writable: true, configurable: true, enumerable: true });
  },
  _toUnixTimestamp: toTime,
};
utils.own.read = fs.read;
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
