// SPDX-License-Identifier: MIT
// lookup and lookupService: names and addresses as the system knows them, for the forms with callbacks and with promises.
'use strict';

const { codes } = require('internal/errors');

const binding = internalBinding('dns');
const { ipVersion } = internalBinding('stream_wrap');
const { nextTick, errorName } = internalBinding('process');

const { ADDRCONFIG, ALL, V4MAPPED } = binding;
const orders = ['verbatim', 'ipv4first', 'ipv6first'];
let defaultOrder;

function getDefaultResultOrder() {
  return (defaultOrder ??= orderOfFlags() ?? 'verbatim');
}

// --dns-result-order, of the command line.
function orderOfFlags() {
  for (const flag of process.execArgv) if (flag.startsWith('--dns-result-order=')) return flag.slice('--dns-result-order='.length);
  return undefined;
}

function setDefaultResultOrder(value) {
  require('internal/validators').validateOneOf(value, 'dnsOrder', orders);
  defaultOrder = value;
}

// "getaddrinfo ENOTFOUND example.invalid"
function lookupError(errno, syscall, hostname) {
  let code = errorName(errno);
  if (code === 'EAI_NODATA' || code === 'EAI_NONAME') code = 'ENOTFOUND';
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  Error.captureStackTrace(error, lookupError);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

function checkHints(hints) {
  if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
}

const families = [0, 4, 6];

function familyOf(value) {
  if (value === 'IPv4') return 4;
  if (value === 'IPv6') return 6;
  require('internal/validators').validateOneOf(value, 'options.family', families);
  return value;
}

// What the options of a lookup say: { family, hints, all, order }.
function readOptions(options) {
  const { validateNumber, validateBoolean, validateOneOf } = require('internal/validators');
  const result = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (typeof options === 'number') {
    validateOneOf(options, 'family', families);
    result.family = options;
    return result;
  }
  if (options === undefined || options === null) return result;
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  if (options.hints != null) {
    validateNumber(options.hints, 'options.hints');
    result.hints = options.hints >>> 0;
    checkHints(result.hints);
  }
  if (options.family != null) result.family = familyOf(options.family);
  if (options.all != null) {
    validateBoolean(options.all, 'options.all');
    result.all = options.all;
  }
  if (options.verbatim != null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    result.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order != null) {
    validateOneOf(options.order, 'options.order', orders);
    result.order = options.order;
  }
  return result;
}

function arrange(addresses, order) {
  const list = addresses.map((address) => ({ address, family: ipVersion(address) }));
  if (order === 'verbatim') return list;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...list.filter(({ family }) => family === first), ...list.filter(({ family }) => family !== first)];
}

// callback(error, [{ address, family }]); always later.
function ask(hostname, { family, hints, order }, callback) {
  const version = ipVersion(hostname);
  if (version !== 0) {
    nextTick(callback, null, [{ address: hostname, family: version }]);
    return;
  }
  const name = /[^\x00-\x7f]/.test(hostname) ? require('internal/url').domainToASCII(hostname) : hostname;
  const error = binding.lookup(name, family, hints, (status, addresses) => {
    if (status) callback(lookupError(status, 'getaddrinfo', hostname));
    else callback(null, arrange(addresses, order));
  });
  if (error) nextTick(callback, lookupError(error, 'getaddrinfo', hostname));
}

function checkHostname(hostname) {
  if (!hostname) throw new codes.ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
  require('internal/validators').validateString(hostname, 'hostname');
}

function lookup(hostname, options, callback) {
  const { validateFunction } = require('internal/validators');
  checkHostname(hostname);
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  const question = readOptions(options);
  ask(hostname, question, (error, addresses) => {
    if (error) callback(error);
    else if (question.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  });
  return {};
}

function lookupLater(hostname, options) {
  if (!hostname) return Promise.reject(new codes.ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string'));
  checkHostname(hostname);
  const question = readOptions(options);
  return new Promise((resolve, reject) => {
    ask(hostname, question, (error, addresses) => {
      if (error) reject(error);
      else if (question.all) resolve(addresses);
      else resolve(addresses[0]);
    });
  });
}

// callback(error, hostname, service); the error names `shown`.
function askService(address, port, shown, callback) {
  const number = require('internal/net/ports').checkPort(port, 'Port');
  const answer = (status, hostname, service) => {
    if (status) callback(lookupError(status, 'getnameinfo', shown));
    else callback(null, hostname, service);
  };
  const error = binding.lookupService(address, number, answer);
  if (error) throw lookupError(error, 'getnameinfo', address);
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  if (ipVersion(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  require('internal/validators').validateFunction(callback, 'callback');
  askService(address, port, address, callback);
  return {};
}

function lookupServiceLater(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  if (ipVersion(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  return new Promise((resolve, reject) => {
    askService(address, port, undefined, (error, hostname, service) => (error ? reject(error) : resolve({ hostname, service })));
  });
}

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(lookup, custom, { value: lookupLater, configurable: true, writable: true, enumerable: false });
Object.defineProperty(lookupService, custom, { value: lookupServiceLater, configurable: true, writable: true, enumerable: false });

module.exports = {
  lookup, lookupLater, lookupService, lookupServiceLater, getDefaultResultOrder, setDefaultResultOrder, ADDRCONFIG, ALL, V4MAPPED,
};
