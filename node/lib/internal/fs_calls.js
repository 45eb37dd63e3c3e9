// SPDX-License-Identifier: MIT
// The functions of fs that name files, for callbacks and promises alike: each checks its arguments and returns a function that begins the work
// on libuv's pool, begin(callback). callback(error) or callback(null, result) comes later, never before begin returns.
'use strict';

const pool = internalBinding('fs_async');
const { nextTick } = internalBinding('process');
const steps = require('internal/fs_steps');
const utils = require('internal/fs_utils');
const { toPath, toFd, toMode, toTime, getOptions, encodeText, statsOf, checkIds } = utils;

// One system call.
const one = (name, ...args) => (callback) => pool[name](callback, ...args);

// One whose result is made into something else.
const made = (make, name, ...args) => (callback) => {
  pool[name]((error, result) => {
    if (error) callback(error);
    else callback(null, make(result));
  }, ...args);
};

const many = (name, ...args) => (callback) => steps.runOnPool(steps[name](...args), callback);

const textWith = (options) => (text) => encodeText(text, options);
const facts = (name, target, options) => made((numbers) => statsOf(numbers, options), name, target, Boolean(options?.bigint), options?.throwIfNoEntry);

module.exports = {
  access: (path, mode) => one('access', toPath(path), utils.accessMode(mode)),
  chmod: (path, mode) => one('chmod', toPath(path), toMode(mode, 'mode')),
  chown(path, uid, gid) {
    path = toPath(path);
    checkIds(uid, gid);
    return one('chown', path, uid, gid);
  },
  copyFile: (src, dest, mode) => one('copyFile', toPath(src, 'src'), toPath(dest, 'dest'), utils.copyMode(mode)),
  cp: (src, dest, options) => many('cp', String(toPath(src, 'src')), String(toPath(dest, 'dest')), utils.cpOptions(options, false)),
  exists(path) {
    try {
      return one('exists', toPath(path));
    } catch {
      return (callback) => nextTick(callback, null, false);
    }
  },
  fchmod: (fd, mode) => one('fchmod', toFd(fd), toMode(mode, 'mode')),
  fchown(fd, uid, gid) {
    fd = toFd(fd);
    checkIds(uid, gid);
    return one('fchown', fd, uid, gid);
  },
  fstat: (fd, options) => facts('fstat', toFd(fd), options),
  futimes: (fd, atime, mtime) => one('futimes', toFd(fd), toTime(atime, 'atime'), toTime(mtime, 'mtime')),
  glob(pattern, options) {
    const { checkPatterns, glob } = require('internal/glob');
    checkPatterns(pattern);
    return (callback) => steps.runOnPool(glob(pattern, options), callback);
  },
  lchown(path, uid, gid) {
    path = toPath(path);
    checkIds(uid, gid);
    return one('lchown', path, uid, gid);
  },
  link: (existingPath, newPath) => one('link', toPath(existingPath, 'existingPath'), toPath(newPath, 'newPath')),
  lstat: (path, options) => facts('lstat', toPath(path), options),
  lutimes: (path, atime, mtime) => one('lutimes', toPath(path), toTime(atime), toTime(mtime)),
  mkdir(path, options) {
    const { mode, recursive } = utils.mkdirOptions(options);
    path = toPath(path);
    return recursive ? many('mkdirRecursive', path, mode) : one('mkdir', path, mode);
  },
  mkdtemp(prefix, options) {
    options = getOptions(options, {});
    return made(textWith(options), 'mkdtemp', `${toPath(prefix, 'prefix')}XXXXXX`);
  },
  opendir(path, options) {
    path = toPath(path);
    const begin = many('readdir', path, { ...getOptions(options, {}), withFileTypes: true }, 'opendir');
    return (callback) => begin((error, entries) => {
      if (error) callback(error);
      else callback(null, new (require('internal/fs_dir').Dir)(String(path), entries));
    });
  },
  readdir(path, options) {
    options = utils.readdirOptions(options);
    return many('readdir', toPath(path), options);
  },
  readlink: (path, options) => made(textWith(getOptions(options, {})), 'readlink', toPath(path)),
  realpath: (path, options) => made(textWith(getOptions(options, {})), 'realpath', toPath(path)),
  rename: (oldPath, newPath) => one('rename', toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath')),
  rm: (path, options) => many('rm', toPath(path), utils.rmOptions(options)),
  rmdir(path, options) {
    utils.rmdirOptions(options);
    return one('rmdir', toPath(path));
  },
  stat: (path, options) => facts('stat', toPath(path), options),
  statfs: (path, options) => made((n) => new utils.StatFs(options?.bigint ? n.map(BigInt) : n), 'statfs', toPath(path)),
  symlink(target, path, type) {
    utils.checkLinkType(type);
    return one('symlink', toPath(target, 'target'), toPath(path), 0);
  },
  truncate(path, len = 0) {
    require('internal/validators').validateInteger(len, 'len');
    return many('truncate', toPath(path), Math.max(0, len));
  },
  unlink: (path) => one('unlink', toPath(path)),
  utimes: (path, atime, mtime) => one('utimes', toPath(path), toTime(atime), toTime(mtime)),
};
