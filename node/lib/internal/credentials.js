// SPDX-License-Identifier: MIT
// process.setuid and its relatives, execve: whole-process affairs that few programs touch.
'use strict';

const { codes, errnoException } = require('internal/errors');
const { validateArray, validateString, validateObject, validateUint32 } = require('internal/validators');
const binding = internalBinding('credentials');

const UID = 0, EUID = 1, GID = 2, EGID = 3;

function checkId(id, name) {
  if (typeof id === 'number') validateUint32(id, name);
  else if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

function userOf(id) {
  const number = typeof id === 'number' ? id : binding.findUser(id);
  if (number === -1) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', id);
  return number;
}

function groupOf(id) {
  const number = typeof id === 'number' ? id : binding.findGroup(id);
  if (number === -1) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', id);
  return number;
}

function done(error, syscall) {
  if (error !== 0) throw errnoException(error, syscall);
}

function setter(name, which, resolve) {
  return (id) => {
    checkId(id, 'id');
    done(binding.setId(which, resolve(id)), name);
  };
}

function setgroups(groups) {
  validateArray(groups, 'groups');
  groups.forEach((group, i) => checkId(group, `groups[${i}]`));
  done(binding.setGroups(groups.map(groupOf)), 'setgroups');
}

function initgroups(user, extraGroup) {
  checkId(user, 'user');
  checkId(extraGroup, 'extraGroup');
  const name = typeof user === 'string' ? user : binding.userName(user);
  if (name === undefined) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  done(binding.initGroups(name, groupOf(extraGroup)), 'initgroups');
}

const isText = (value) => typeof value === 'string' && !value.includes('\0');

// Becomes another program.
function execve(execPath, args = [], env = process.env) {
  validateString(execPath, 'execPath');
  validateArray(args, 'args');
  args.forEach((arg, i) => {
    if (!isText(arg)) throw new codes.ERR_INVALID_ARG_VALUE(`args[${i}]`, arg, 'must be a string without null bytes');
  });
  validateObject(env, 'env');
  for (const key of Object.keys(env)) {
    if (!isText(key) || !isText(env[key])) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', env, 'must be an object with string keys and values without null bytes');
    }
  }
  const { 0: errno, 1: text } = binding.execute(execPath, args, Object.keys(env).map((key) => `${key}=${env[key]}`));
  const code = require('util').getSystemErrorName(-errno);
  const error = Object.assign(new Error(`${code}, ${text} '${execPath}'`), { errno, code, path: execPath, syscall: 'execve' });
  Error.captureStackTrace(error, process.execve);
  throw error;
}

module.exports = {
  setuid: setter('setuid', UID, userOf), seteuid: setter('seteuid', EUID, userOf),
  setgid: setter('setgid', GID, groupOf), setegid: setter('setegid', EGID, groupOf),
  setgroups, initgroups, execve, getgroups: binding.groups,
};
