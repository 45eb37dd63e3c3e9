// SPDX-License-Identifier: MIT
// BoundSocket: an address that is bound before somebody listens on it or connects from it.
'use strict';

const { codes } = require('internal/errors');
const { addressError } = require('internal/net/errors');
const { validateObject, validateString, validateBoolean } = require('internal/validators');

const binding = internalBinding('stream_wrap');

let take;

class BoundSocket {
  #handle = null;
  #isAdopted = false;
  #path;
  static {
    take = (bound) => bound.#take();
  }
  constructor(options = {}) {
    validateObject(options, 'options');
    const { host, port = 0, ipv6Only = false, reusePort = false, path } = options;
    if (path !== undefined) {
      for (const name of ['host', 'port', 'ipv6Only', 'reusePort']) {
        if (options[name] !== undefined) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'cannot be combined with options.path');
      }
      validateString(path, 'options.path');
      this.#path = path;
      this.#bind(path, -1, -1, undefined);
      return;
    }
    validateBoolean(ipv6Only, 'options.ipv6Only');
    validateBoolean(reusePort, 'options.reusePort');
    const address = host ?? (ipv6Only ? '::' : '0.0.0.0');
    validateString(address, 'options.host');
    const version = binding.ipVersion(address);
    if (version === 0) throw new codes.ERR_INVALID_IP_ADDRESS(address);
    const number = require('internal/net/ports').checkPort(port, 'options.port');
    this.#bind(address, number, version, { flags: ipv6Only ? 1 : 0, reusePort });
  }
  #bind(address, port, version, options) {
    const handle = require('internal/net/server').createServerHandle(address, port, version, undefined, options);
    if (typeof handle === 'number') throw addressError(handle, 'bind', address, port);
    // Somebody else may have the port already: the system tells when it is asked for the address.
    const bound = binding.socketAddress(handle);
    if (typeof bound === 'number') {
      binding.close(handle);
      throw addressError(bound, 'bind', address, port);
    }
    this.#handle = handle;
  }
  #check() {
    if (this.#isAdopted) throw new codes.ERR_SOCKET_HANDLE_ADOPTED();
  }
  #take() {
    this.#check();
    if (this.#handle === null) throw new codes.ERR_SOCKET_CLOSED();
    this.#isAdopted = true;
    const handle = this.#handle;
    this.#handle = null;
    return handle;
  }
  get isPipe() {
    return this.#path !== undefined;
  }
  address() {
    this.#check();
    return this.#path ?? (this.#handle === null ? null : binding.socketAddress(this.#handle));
  }
  fd() {
    this.#check();
    return this.#handle === null ? -1 : binding.descriptor(this.#handle);
  }
  close() {
    this.#check();
    if (this.#handle === null) return;
    binding.close(this.#handle);
    this.#handle = null;
  }
  [Symbol.dispose]() {
    if (!this.#isAdopted) this.close();
  }
}

// The stream of a bound socket, which is of no use afterwards.
function adopt(bound) {
  return take(bound);
}

module.exports = { BoundSocket, adopt };
