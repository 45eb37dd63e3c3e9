// SPDX-License-Identifier: MIT
// What fs does in more than one system call (whole trees, mkdir -p, rm, cp): generators that yield the calls, [name, ...arguments], and get their
// results. One driver makes the calls at once, the other on libuv's pool, so both do the same.
'use strict';

const binding = internalBinding('fs');
const { complete } = internalBinding('timers');
const { constants } = binding;
const { Stats, Dirent, encodeText, statsOf } = require('internal/fs_utils');
const { codes } = require('internal/errors');

const join = (...parts) => require('path').join(...parts);

// ---- Drivers ----

function runNow(steps) {
  let { done, value } = steps.next();
  while (!done) {
    let result, failed = false;
    try {
      const [name, ...args] = value;
      result = name === 'value' ? args[0] : binding[name](...args);
    } catch (error) {
      failed = true;
      result = error;
    }
    ({ done, value } = failed ? steps.throw(result) : steps.next(result));
  }
  return value;
}

// callback(error) or callback(null, result), never before this returns.
function runOnPool(steps, callback) {
  const pool = internalBinding('fs_async');
  let isFirst = true;
  function advance(error, result) {
    let next;
    try {
      next = error ? steps.throw(error) : steps.next(result);
    } catch (failure) {
      if (isFirst) complete(callback, failure);
      else callback(failure);
      return;
    }
    if (next.done) {
      if (isFirst) complete(callback, null, next.value);
      else callback(null, next.value);
      return;
    }
    isFirst = false;
    const [name, ...args] = next.value;
    if (name === 'value') Promise.resolve(args[0]).then((value) => advance(null, value), (reason) => advance(reason ?? new Error(String(reason))));
    else begin(name, args);
  }
  function begin(name, args) {
    try {
      pool[name](advance, ...args);
    } catch (error) { // libuv does not take the call
      advance(error);
    }
  }
  advance(null);
}

// ---- Folders ----

// For file systems that do not tell the type with the name.
function* knownType(path, type) {
  if (type !== constants.UV_DIRENT_UNKNOWN) return type;
  const stats = new Stats(yield ['lstat', path, false, true]);
  if (stats.isDirectory()) return constants.UV_DIRENT_DIR;
  if (stats.isFile()) return constants.UV_DIRENT_FILE;
  if (stats.isSymbolicLink()) return constants.UV_DIRENT_LINK;
  if (stats.isFIFO()) return constants.UV_DIRENT_FIFO;
  if (stats.isSocket()) return constants.UV_DIRENT_SOCKET;
  return stats.isCharacterDevice() ? constants.UV_DIRENT_CHAR : constants.UV_DIRENT_BLOCK;
}

// Names or Dirents; call: the system call that errors name
function* readdir(root, options, call = 'readdir') {
  const out = [];
  const queue = [root];
  for (let i = 0; i < queue.length; i++) {
    const dir = queue[i];
    const data = yield [i === 0 ? call : 'readdir', dir];
    for (let k = 0; k < data.length; k += 2) {
      const full = join(String(dir), data[k]);
      const type = options.withFileTypes || options.recursive ? yield* knownType(full, data[k + 1]) : undefined;
      if (options.withFileTypes) out.push(new Dirent(encodeText(data[k], options), dir, type));
      else out.push(encodeText(options.recursive ? require('path').relative(String(root), full) : data[k], options));
      if (options.recursive && type === constants.UV_DIRENT_DIR) queue.push(full);
    }
  }
  return out;
}

function mkdirFailure(error, code, errno, path) {
  if (error.path === path && error.code === code) return error;
  const words = code === 'ENOENT' ? 'no such file or directory' : code === 'ENOTDIR' ? 'not a directory' : /: (.*), mkdir/.exec(error.message)[1];
  error.message = `${code}: ${words}, mkdir '${path}'`;
  return Object.assign(error, { code, errno, path });
}

// The first directory that had to be made, in the words of `path`, or undefined.
function* mkdirRecursive(path, mode) {
  const whole = String(path);
  const waiting = [whole]; // each is the parent of the one before
  let made = Infinity; // the length of the shortest whose parent exists: where mkdir still fails, as in /proc, we end
  let first;
  while (waiting.length > 0) {
    const at = waiting[waiting.length - 1];
    try {
      yield ['mkdir', at, mode];
      first ??= at;
    } catch (error) {
      const parent = at.slice(0, at.lastIndexOf('/'));
      if (error.code === 'ENOENT' && parent !== '' && at.includes('/') && parent.length < made) {
        waiting.push(parent);
        continue;
      }
      if (error.code !== 'EEXIST' && error.code !== 'EISDIR') throw mkdirFailure(error, error.code, error.errno, whole);
      const kind = yield ['kind', at];
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

// ---- Taking away ----

function* removeTree(path) {
  const data = yield ['readdir', path];
  for (let i = 0; i < data.length; i += 2) {
    const full = join(path, data[i]);
    if ((yield* knownType(full, data[i + 1])) === constants.UV_DIRENT_DIR) yield* removeTree(full);
    else yield ['unlink', full];
  }
  yield ['rmdir', path];
}

function* rm(path, { force, recursive }) {
  let numbers;
  try {
    numbers = yield ['lstat', path, false, true];
  } catch (error) {
    if (force && error.code === 'ENOENT') return;
    throw error;
  }
  if (!new Stats(numbers).isDirectory()) {
    yield ['unlink', path];
    return;
  }
  if (!recursive) {
    const error = new codes.ERR_FS_EISDIR(String(path));
    throw Object.assign(error, { name: 'SystemError', errno: 21, syscall: 'rm', path: String(path) });
  }
  yield* removeTree(String(path));
}

function* truncate(path, length) {
  const fd = yield ['open', path, constants.O_RDWR, 0o666];
  try {
    yield ['ftruncate', fd, length];
  } finally {
    yield ['close', fd];
  }
}

// ---- Copies ----

// What cpSync says is shorter than what cp says.
function copyFailure(code, options, path, short, words, [name, errno, details]) {
  const error = new codes[code](path);
  error.message = options.isSync ? short : `${words}: cp returned ${name} (${details}) ${path}`;
  return options.isSync ? error : Object.assign(error, { name: 'SystemError', errno, syscall: 'cp', path });
}

function* copyFolder(from, to, stats, existing, options) {
  const path = require('path');
  if (!options.recursive) {
    throw copyFailure('ERR_FS_EISDIR', options, from, `Recursive option not enabled, cannot copy a directory: ${from}/`, 'Path is a directory',
      ['EISDIR', 21, `${from} is a directory (not copied)`]);
  }
  if (existing && !existing.isDirectory()) {
    throw copyFailure('ERR_FS_CP_DIR_TO_NON_DIR', options, to, `Cannot overwrite non-directory ${to} with directory ${from}`,
      'Cannot overwrite non-directory with directory', ['EISDIR', 21, `cannot overwrite non-directory ${to} with directory ${from}`]);
  }
  if (`${path.resolve(to)}/`.startsWith(`${path.resolve(from)}/`)) {
    throw copyFailure('ERR_FS_CP_EINVAL', options, to, `Cannot copy ${from}/ to a subdirectory of self ${to}`, 'Invalid src or dest',
      ['EINVAL', 22, `cannot copy ${from} to a subdirectory of self ${to}`]);
  }
  if (!existing) yield* mkdirRecursive(to, stats.mode & 0o777);
  const data = yield ['readdir', from];
  for (let i = 0; i < data.length; i += 2) yield* cp(join(from, data[i]), join(to, data[i]), options);
}

function* copyLink(from, to, existing, options) {
  const path = require('path');
  let target = yield ['readlink', from];
  if (!options.verbatimSymlinks && !path.isAbsolute(target)) target = path.resolve(path.dirname(from), target);
  if (existing) yield ['unlink', to];
  yield ['symlink', target, to, 0];
}

function* cp(from, to, options) {
  const { force, errorOnExist, dereference, preserveTimestamps, filter, mode } = options;
  if (filter && !(yield ['value', filter(from, to)])) return;
  const stats = new Stats(yield [dereference ? 'stat' : 'lstat', from, false, true]);
  const existing = statsOf(yield ['lstat', to, false, false]);
  if (stats.isDirectory()) {
    yield* copyFolder(from, to, stats, existing, options);
    return;
  }
  if (existing?.isDirectory()) {
    throw copyFailure('ERR_FS_CP_NON_DIR_TO_DIR', options, to, `Cannot overwrite directory ${to} with non-directory ${from}`,
      'Cannot overwrite directory with non-directory', ['ENOTDIR', 20, `cannot overwrite directory ${to} with non-directory ${from}`]);
  }
  if (existing && !force) {
    if (errorOnExist) {
      throw copyFailure('ERR_FS_CP_EEXIST', { isSync: false }, to, '', 'Target already exists', ['EEXIST', 17, `${to} already exists`]);
    }
    return;
  }
  if (!existing) yield* mkdirRecursive(require('path').dirname(to), 0o777);
  if (stats.isSymbolicLink()) {
    yield* copyLink(from, to, existing, options);
    return;
  }
  yield ['copyFile', from, to, mode];
  if (preserveTimestamps) yield ['utimes', to, stats.atimeMs / 1000, stats.mtimeMs / 1000];
}

module.exports = { runNow, runOnPool, readdir, mkdirRecursive, rm, truncate, cp };
