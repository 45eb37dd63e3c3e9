// SPDX-License-Identifier: MIT
// What fs and fs/promises share: checks of arguments, flags, Stats and Dirent.
'use strict';

const binding = internalBinding('fs');
const { constants } = binding;
const { codes } = require('internal/errors');

function toPath(path, name = 'path') {
  if (typeof path === 'string') {
    if (path.includes('\u0000')) throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
    return path;
  }
  if (path !== null && typeof path === 'object') {
    if (path instanceof Uint8Array) {
      if (path.includes(0)) throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
      return path;
    }
    if (typeof path.href === 'string' && typeof path.protocol === 'string') return toPath(require('internal/url').fileURLToPath(path), name);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
}

function toFd(fd) {
  if (Object.is(fd, -0)) fd = 0;
  require('internal/validators').validateInt32(fd, 'fd', 0);
  return fd;
}

function getOptions(options, defaults) {
  if (options == null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    options = { ...defaults, encoding: options };
  } else if (typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  } else {
    options = { ...defaults, ...options };
  }
  if (options.encoding && options.encoding !== 'buffer' && !require('buffer').Buffer.isEncoding(options.encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', options.encoding, 'is invalid encoding');
  }
  return options;
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;
const flagNames = {
  __proto__: null,
  'r': O_RDONLY, 'rs': O_RDONLY | O_SYNC, 'sr': O_RDONLY | O_SYNC, 'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC, 'sr+': O_RDWR | O_SYNC,
  'w': O_TRUNC | O_CREAT | O_WRONLY, 'wx': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL, 'xw': O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR, 'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL, 'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'a': O_APPEND | O_CREAT | O_WRONLY, 'ax': O_APPEND | O_CREAT | O_WRONLY | O_EXCL, 'xa': O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'as': O_APPEND | O_CREAT | O_WRONLY | O_SYNC, 'sa': O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'a+': O_APPEND | O_CREAT | O_RDWR, 'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL, 'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC, 'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};

function toFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    require('internal/validators').validateInt32(flags, name);
    return flags;
  }
  if (flags == null) return O_RDONLY;
  const found = flagNames[flags];
  if (found === undefined) throw new codes.ERR_INVALID_ARG_VALUE(name, flags);
  return found;
}

function toMode(mode, name, fallback) {
  return require('internal/validators').parseFileMode(mode, name, fallback);
}

// A number of seconds.
function toTime(time, name = 'time') {
  if (typeof time === 'string' && +time == time) return +time; // eslint-disable-line eqeqeq
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

// ---- Stats ----

const { S_IFMT, S_IFREG, S_IFDIR, S_IFLNK, S_IFBLK, S_IFCHR, S_IFIFO, S_IFSOCK } = constants;

function StatsBase() {}
function typeTest(kind) {
  return function() {
    if (typeof this.mode === 'bigint') return (this.mode & BigInt(S_IFMT)) === BigInt(kind);
    return (this.mode & S_IFMT) === kind;
  };
}
const tests = {
  isDirectory: S_IFDIR, isFile: S_IFREG, isBlockDevice: S_IFBLK, isCharacterDevice: S_IFCHR, isSymbolicLink: S_IFLNK, isFIFO: S_IFIFO,
  isSocket: S_IFSOCK,
};
for (const name of Object.keys(tests)) StatsBase.prototype[name] = typeTest(tests[name]);

const dateNames = ['atime', 'mtime', 'ctime', 'birthtime'];
function dateProperties(target) {
  for (const name of dateNames) {
    Object.defineProperty(target, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = new Date(Math.round(Number(this[`${name}Ms`])));
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}

function assign(stats, n) {
  stats.dev = n[0];
  stats.mode = n[1];
  stats.nlink = n[2];
  stats.uid = n[3];
  stats.gid = n[4];
  stats.rdev = n[5];
  stats.blksize = n[6];
  stats.ino = n[7];
  stats.size = n[8];
  stats.blocks = n[9];
}

class Stats {
  constructor(n) {
    if (!n) return;
    assign(this, n);
    this.atimeMs = n[10];
    this.mtimeMs = n[11];
    this.ctimeMs = n[12];
    this.birthtimeMs = n[13];
  }
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
dateProperties(Stats.prototype);

class BigIntStats {
  constructor(n) {
    assign(this, n);
    this.atimeMs = n[10] / 1000000n;
    this.mtimeMs = n[11] / 1000000n;
    this.ctimeMs = n[12] / 1000000n;
    this.birthtimeMs = n[13] / 1000000n;
    this.atimeNs = n[10];
    this.mtimeNs = n[11];
    this.ctimeNs = n[12];
    this.birthtimeNs = n[13];
  }
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
dateProperties(BigIntStats.prototype);

// ---- Dirent ----

const kType = Symbol('type');
class Dirent {
  constructor(name, parentPath, type) {
    this.name = name;
    this.parentPath = parentPath;
    this[kType] = type;
  }
  isDirectory() { return this[kType] === constants.UV_DIRENT_DIR; }
  isFile() { return this[kType] === constants.UV_DIRENT_FILE; }
  isBlockDevice() { return this[kType] === constants.UV_DIRENT_BLOCK; }
  isCharacterDevice() { return this[kType] === constants.UV_DIRENT_CHAR; }
  isSymbolicLink() { return this[kType] === constants.UV_DIRENT_LINK; }
  isFIFO() { return this[kType] === constants.UV_DIRENT_FIFO; }
  isSocket() { return this[kType] === constants.UV_DIRENT_SOCKET; }
}

// ---- What the functions of fs take and give ----

function encodeText(text, options) {
  if (!options || !options.encoding || options.encoding === 'utf8' || options.encoding === 'utf-8') return text;
  const bytes = require('buffer').Buffer.from(text);
  return options.encoding === 'buffer' ? bytes : bytes.toString(options.encoding);
}

function statsOf(numbers, options) {
  if (numbers === undefined) return undefined;
  return options && options.bigint ? new BigIntStats(numbers) : new Stats(numbers);
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

function accessMode(mode) {
  return smallMode(mode, constants.F_OK);
}

// Node checks this in C++ and says it in other words than elsewhere.
function smallMode(mode, fallback) {
  if (mode === undefined || mode === null) return fallback;
  if (typeof mode === 'number' && (mode | 0) === mode) {
    if (mode >= 0 && mode <= 7) return mode;
    throw Object.assign(new codes.ERR_OUT_OF_RANGE('mode', '>= 0 && <= 7', mode), { message: 'mode is out of range: >= 0 && <= 7' });
  }
  throw Object.assign(new codes.ERR_INVALID_ARG_TYPE('mode', 'number', mode), { message: 'mode must be int32 or null/undefined' });
}

function readdirOptions(options) {
  options = getOptions(options, {});
  if (options.recursive !== undefined) require('internal/validators').validateBoolean(options.recursive, 'options.recursive');
  return options;
}

function mkdirOptions(options) {
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
  return { mode, recursive };
}

function rmdirOptions(options) {
  if (options?.recursive === undefined) return;
  throw new codes.ERR_INVALID_ARG_VALUE('options.recursive', options.recursive, 'is no longer supported');
}

function rmOptions(options) {
  const { validateObject, validateBoolean, validateUint32 } = require('internal/validators');
  if (options !== undefined) validateObject(options, 'options');
  const { force = false, recursive = false, maxRetries = 0, retryDelay = 100 } = options ?? {};
  validateBoolean(force, 'options.force');
  validateBoolean(recursive, 'options.recursive');
  validateUint32(retryDelay, 'options.retryDelay');
  validateUint32(maxRetries, 'options.maxRetries');
  return { force, recursive };
}

const copyMode = (mode) => smallMode(mode, 0);

function cpOptions(options, isSync) {
  const { validateObject, validateBoolean, validateFunction } = require('internal/validators');
  if (options !== undefined) validateObject(options, 'options');
  options = {
    dereference: false, errorOnExist: false, force: true, preserveTimestamps: false, recursive: false, verbatimSymlinks: false, ...options, isSync,
  };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(options[name], `options.${name}`);
  }
  if (options.mode === undefined || options.mode === null) options.mode = 0;
  else require('internal/validators').validateInteger(options.mode, 'mode', 0, 7);
  if (options.filter !== undefined) validateFunction(options.filter, 'options.filter');
  return options;
}

function checkLinkType(type) {
  if (type === undefined || type === null || ['dir', 'file', 'junction'].includes(type)) return;
  throw new codes.ERR_INVALID_ARG_VALUE('type', type, "must be one of: 'dir', 'file', 'junction', null, undefined");
}

function checkIds(uid, gid) {
  const { validateInteger } = require('internal/validators');
  validateInteger(uid, 'uid', -1, 4294967295);
  validateInteger(gid, 'gid', -1, 4294967295);
}

// own: functions of fs as they were, whatever a program puts in their place.
module.exports = {
  toPath, toFd, getOptions, toFlags, toMode, toTime, Stats, BigIntStats, Dirent, StatFs, encodeText, statsOf, accessMode, readdirOptions,
  mkdirOptions, rmdirOptions, rmOptions, copyMode, cpOptions, checkLinkType, checkIds, own: {},
};
