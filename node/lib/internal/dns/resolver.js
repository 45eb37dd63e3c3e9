// SPDX-License-Identifier: MIT
// Resolver: questions to the servers of the DNS, with callbacks or (make(true)) with promises. c-ares asks them; a channel of it is opened for
// the questions that are on their way.
'use strict';

const { codes } = require('internal/errors');
const { codeOf } = require('internal/dns/codes');
const { types, answerOf, BadAnswer } = require('internal/dns/records');

const binding = internalBinding('dns_query');
const { ipVersion } = internalBinding('stream_wrap');

const NODATA = 1, BADRESP = 10; // the library's numbers

// "queryA ENOTFOUND example.com"
function queryError(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  Error.captureStackTrace(error, queryError);
  error.errno = undefined;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return error;
}

// ---- Servers ----

const IANA_PORT = 53;

// [address, port] of "1.2.3.4", "1.2.3.4:53", "::1" or "[::1]:53"
function parseServer(text, i) {
  const { validateString } = require('internal/validators');
  validateString(text, `servers[${i}]`);
  if (ipVersion(text) !== 0) return [text, IANA_PORT];
  const match = /^\[([^[\]]*)\](?::([0-9]+))?$/.exec(text) ?? /^([^:[\]]+):([0-9]+)$/.exec(text);
  if (match === null || ipVersion(match[1]) === 0) throw new codes.ERR_INVALID_IP_ADDRESS(text);
  const port = match[2] === undefined ? IANA_PORT : Number(match[2]);
  require('internal/net/ports').checkPort(port, 'Port');
  return [match[1], port];
}

function showServer([address, port]) {
  if (port === IANA_PORT) return address;
  return ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

function toLibrary([address, port]) {
  return ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

// ---- Resolver ----

class State {
  #timeout;
  #tries;
  #servers; // undefined: the system's
  #local = [undefined, undefined];
  #channel;
  constructor(options) {
    const { validateInt32, validateUint32 } = require('internal/validators');
    const { timeout = -1, tries = 4, maxTimeout = 0 } = options ?? {};
    validateInt32(timeout, 'options.timeout', -1);
    validateInt32(tries, 'options.tries', 1);
    validateUint32(maxTimeout, 'options.maxTimeout');
    this.#timeout = timeout;
    this.#tries = tries;
  }
  getServers() {
    return (this.#servers ?? binding.servers()).map(showServer);
  }
  setServers(servers) {
    require('internal/validators').validateArray(servers, 'servers');
    const parsed = Array.from(servers, parseServer);
    if (this.#channel !== undefined && binding.isOpen(this.#channel)) {
      throw new codes.ERR_DNS_SET_SERVERS_FAILED('There are pending queries.', servers);
    }
    this.#servers = parsed;
  }
  setLocalAddress(ipv4, ipv6) {
    const { validateString } = require('internal/validators');
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    const wrong = (text) => {
      const error = new TypeError(text);
      error.code = 'ERR_INVALID_ARG_VALUE';
      return error;
    };
    const first = ipVersion(ipv4), second = ipv6 === undefined ? 0 : ipVersion(ipv6);
    if (first === 0 || (ipv6 !== undefined && second === 0)) throw wrong('Invalid IP address.');
    if (first === second) throw wrong(`Cannot specify two IPv${first} addresses.`);
    this.#local = first === 4 ? [ipv4, ipv6] : [ipv6, ipv4];
  }
  cancel() {
    if (this.#channel !== undefined) binding.cancel(this.#channel);
  }
  #open() {
    if (this.#channel === undefined || !binding.isOpen(this.#channel)) {
      this.#channel = binding.open(this.#timeout, this.#tries, this.#servers?.map(toLibrary).join(), this.#local[0] ?? undefined, this.#local[1] ?? undefined);
    }
    return this.#channel;
  }
  // callback(error, records)
  query(type, name, withTtl, callback) {
    const syscall = `query${type[0]}${type.slice(1).toLowerCase()}`;
    const question = /[^\x00-\x7f]/.test(name) ? require('internal/url').domainToASCII(name) : name;
    binding.query(this.#open(), question, types[type], (status, bytes) => {
      let answer;
      if (status === 0) {
        try {
          answer = answerOf(type, bytes, withTtl);
          if (answer === undefined) status = NODATA;
        } catch (error) {
          if (!(error instanceof BadAnswer)) throw error;
          status = BADRESP;
        }
      }
      if (status !== 0) callback(queryError(codeOf(status), syscall, name));
      else callback(null, answer);
    });
  }
  reverse(address, callback) {
    if (ipVersion(address) === 0) {
      const error = queryError('EINVAL', 'getHostByAddr', address);
      error.errno = require('internal/net/errors').errnos.EINVAL;
      throw error;
    }
    binding.reverse(this.#open(), address, (status, hosts) => {
      if (status !== 0) callback(queryError(codeOf(status), 'getHostByAddr', address));
      else callback(null, hosts);
    });
  }
}

const methods = ['Any', 'A', 'Aaaa', 'Caa', 'Cname', 'Mx', 'Ns', 'Tlsa', 'Txt', 'Srv', 'Ptr', 'Naptr', 'Soa'];

function methodName(name) {
  return name === 'A' ? 'resolve4' : name === 'Aaaa' ? 'resolve6' : `resolve${name}`;
}

function typeOf(rrtype) {
  if (types[rrtype] === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
  return rrtype;
}

function promised(go) {
  return new Promise((resolve, reject) => go((error, result) => (error ? reject(error) : resolve(result))));
}

class ResolverBase {
  #state;
  constructor(options = undefined) {
    this.#state = options instanceof State ? options : new State(options);
  }
  static stateOf(resolver) {
    return resolver.#state;
  }
  cancel() {
    this.#state.cancel();
  }
  getServers() {
    return this.#state.getServers();
  }
  setServers(servers) {
    this.#state.setServers(servers);
  }
  setLocalAddress(ipv4, ipv6) {
    this.#state.setLocalAddress(ipv4, ipv6);
  }
}
const { stateOf } = ResolverBase;
delete ResolverBase.stateOf;

class Resolver extends ResolverBase {
  resolve(hostname, rrtype, callback) {
    const { validateString, validateFunction } = require('internal/validators');
    if (typeof rrtype === 'function') {
      callback = rrtype;
      rrtype = 'A';
    } else {
      validateString(rrtype, 'rrtype');
    }
    validateString(hostname, 'name');
    validateFunction(callback, 'callback');
    stateOf(this).query(typeOf(rrtype), hostname, false, callback);
    return {};
  }
  reverse(name, callback) {
    const { validateString, validateFunction } = require('internal/validators');
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    stateOf(this).reverse(name, callback);
    return {};
  }
}

class PromisesResolver extends ResolverBase {
  resolve(hostname, rrtype = 'A') {
    const { validateString } = require('internal/validators');
    validateString(hostname, 'name');
    validateString(rrtype, 'rrtype');
    const type = typeOf(rrtype);
    return promised((callback) => stateOf(this).query(type, hostname, false, callback));
  }
  reverse(name) {
    require('internal/validators').validateString(name, 'name');
    return promised((callback) => stateOf(this).reverse(name, callback));
  }
}

function define(Class, name, method) {
  Object.defineProperty(Class.prototype, name, { value: method, writable: true, configurable: true, enumerable: true });
}

for (const name of methods) {
  const type = name.toUpperCase();
  const callbackMethod = {
    [`query${name}`](hostname, options) {
      const { validateString, validateFunction } = require('internal/validators');
      const callback = arguments.length > 2 ? arguments[2] : options;
      if (arguments.length <= 2) options = undefined;
      validateString(hostname, 'name');
      validateFunction(callback, 'callback');
      stateOf(this).query(type, hostname, Boolean(options?.ttl), callback);
      return {};
    },
  }[`query${name}`];
  define(Resolver, methodName(name), callbackMethod);
  const promiseMethod = {
    [`query${name}`](hostname, options) {
      require('internal/validators').validateString(hostname, 'name');
      return promised((callback) => stateOf(this).query(type, hostname, Boolean(options?.ttl), callback));
    },
  }[`query${name}`];
  define(PromisesResolver, methodName(name), promiseMethod);
}

// The functions of dns and of dns/promises are those of resolvers that share their settings.
const state = new State();
const shared = new Resolver(state), sharedPromises = new PromisesResolver(state);
const functionNames = ['resolve', ...methods.map(methodName), 'reverse'];

function functionsOf(isPromise) {
  const resolver = isPromise ? sharedPromises : shared;
  const result = { getServers: () => state.getServers() };
  for (const name of functionNames) result[name] = resolver[name].bind(resolver);
  return result;
}

function setServers(servers) {
  state.setServers(servers);
}

module.exports = { Resolver, PromisesResolver, functionsOf, setServers };
