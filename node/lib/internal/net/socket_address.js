// SPDX-License-Identifier: MIT
// SocketAddress: an address and a port, which do not change.
'use strict';

const { codes } = require('internal/errors');
const { validateObject, validateString, validateUint32 } = require('internal/validators');
const { checkPort } = require('internal/net/ports');
const { clone, deserialize } = require('internal/clone_symbols');

const { parseAddress } = internalBinding('stream_wrap');

let bytesOf;

class SocketAddress {
  #address;
  #bytes;
  #port;
  #family;
  #flowlabel;
  static {
    bytesOf = (address) => address.#bytes;
  }
  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }
  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    if (typeof family?.toLowerCase === 'function') family = family.toLowerCase();
    if (family !== 'ipv4' && family !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE('options.family', options.family);
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    this.#port = checkPort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel');
    const parsed = parseAddress(address, family === 'ipv6');
    if (parsed === undefined) throw new codes.ERR_INVALID_ADDRESS();
    [this.#address, this.#bytes] = parsed;
    this.#family = family;
    this.#flowlabel = flowlabel;
  }
  get address() {
    return this.#address;
  }
  get port() {
    return this.#port;
  }
  get family() {
    return this.#family;
  }
  get flowlabel() {
    return this.#flowlabel;
  }
  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return '[SocketAddress]';
    return `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  static parse(input) {
    validateString(input, 'input');
    const url = require('internal/url').URL.parse(`http://${input}`);
    if (url === null) return undefined;
    const { hostname, port } = url;
    const isV6 = hostname.startsWith('[');
    try {
      return new SocketAddress({ address: isV6 ? hostname.slice(1, -1) : hostname, port: port || 0, family: isV6 ? 'ipv6' : 'ipv4' });
    } catch {
      return undefined;
    }
  }
  [clone]() {
    return { data: this.toJSON(), deserializeInfo: 'internal/net/socket_address:SocketAddress' };
  }
  [deserialize]({ address, port, family, flowlabel }) {
    [this.#address, this.#bytes] = parseAddress(address, family === 'ipv6');
    this.#port = port;
    this.#family = family;
    this.#flowlabel = flowlabel;
  }
}
for (const name of ['address', 'port', 'family', 'flowlabel']) {
  Object.defineProperty(SocketAddress.prototype, name, { ...Object.getOwnPropertyDescriptor(SocketAddress.prototype, name), enumerable: true });
}

module.exports = { SocketAddress, bytesOf: (address) => bytesOf(address) };
