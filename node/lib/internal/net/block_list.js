// SPDX-License-Identifier: MIT
// BlockList: addresses, ranges and subnets. All are compared as 128-bit numbers; an IPv4 address is ::ffff:a.b.c.d.
'use strict';

const { codes } = require('internal/errors');
const { validateInt32, validateString } = require('internal/validators');
const { SocketAddress, bytesOf } = require('internal/net/socket_address');
const { clone, deserialize } = require('internal/clone_symbols');

function numberOf(address) {
  let n = 0n;
  for (const byte of bytesOf(address)) n = (n << 8n) | BigInt(byte);
  return n;
}

function toAddress(value, family, name) {
  if (SocketAddress.isSocketAddress(value)) return value;
  validateString(value, name);
  validateString(family, 'family');
  return new SocketAddress({ address: value, family });
}

const familyName = (address) => (address.family === 'ipv4' ? 'IPv4' : 'IPv6');

// Rules: { kind, text, first, last }, with the last address that they hold.
const ADDRESS = 0, SUBNET = 1, RANGE = 2;

function addressRule(address) {
  const n = numberOf(address);
  return { kind: ADDRESS, text: `Address: ${familyName(address)} ${address.address}`, first: n, last: n };
}

function rangeRule(start, end) {
  return { kind: RANGE, text: `Range: ${familyName(start)} ${start.address}-${end.address}`, first: numberOf(start), last: numberOf(end) };
}

function subnetRule(network, prefix) {
  const others = BigInt((network.family === 'ipv4' ? 32 : 128) - prefix);
  const first = (numberOf(network) >> others) << others;
  return { kind: SUBNET, text: `Subnet: ${familyName(network)} ${network.address}/${prefix}`, first, last: first | ((1n << others) - 1n) };
}

// [network, prefix] of "10.0.0.0/8"
function parseCidr(cidr) {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash === -1) throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  const text = cidr.slice(slash + 1), address = cidr.slice(0, slash);
  if (!/^[0-9]+$/.test(text)) throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'prefix length must be a valid integer');
  return [address, Number(text), address.includes(':') ? 'ipv6' : 'ipv4'];
}

function checkPrefix(network, prefix) {
  validateInt32(prefix, 'prefix', 0, network.family === 'ipv4' ? 32 : 128);
}

class BlockList {
  #rules = [[], [], []];
  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }
  #add(rule) {
    const list = this.#rules[rule.kind];
    if (rule.kind === ADDRESS && list.some(({ first }) => first === rule.first)) return;
    list.push(rule);
  }
  #remove({ kind, first, last }) {
    const list = this.#rules[kind];
    const i = list.findIndex((known) => known.first === first && known.last === last);
    if (i !== -1) list.splice(i, 1);
  }
  addAddress(address, family = 'ipv4') {
    this.#add(addressRule(toAddress(address, family, 'address')));
  }
  addAddresses(addresses, family = 'ipv4') {
    require('internal/validators').validateArray(addresses, 'addresses');
    const rules = addresses.map((address, i) => addressRule(toAddress(address, family, `addresses[${i}]`)));
    for (const rule of rules) this.#add(rule);
  }
  addRange(start, end, family = 'ipv4') {
    this.#add(this.#range(start, end, family));
  }
  #range(start, end, family) {
    start = toAddress(start, family, 'start');
    end = toAddress(end, family, 'end');
    const rule = rangeRule(start, end);
    if (rule.first > rule.last) throw new codes.ERR_INVALID_ARG_VALUE('start', start, 'must come before end');
    return rule;
  }
  addSubnet(network, prefix, family = 'ipv4') {
    network = toAddress(network, family, 'network');
    checkPrefix(network, prefix);
    this.#add(subnetRule(network, prefix));
  }
  addCIDR(cidr) {
    this.addSubnet(...parseCidr(cidr));
  }
  addCIDRs(cidrs) {
    require('internal/validators').validateArray(cidrs, 'cidrs');
    for (const cidr of cidrs) this.addCIDR(cidr);
  }
  removeAddress(address, family = 'ipv4') {
    this.#remove(addressRule(toAddress(address, family, 'address')));
  }
  removeRange(start, end, family = 'ipv4') {
    this.#remove(this.#range(start, end, family));
  }
  removeSubnet(network, prefix, family = 'ipv4') {
    network = toAddress(network, family, 'network');
    checkPrefix(network, prefix);
    this.#remove(subnetRule(network, prefix));
  }
  removeCIDR(cidr) {
    this.removeSubnet(...parseCidr(cidr));
  }
  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        address = new SocketAddress({ address, family });
      } catch {
        return false;
      }
    }
    const n = numberOf(address);
    return this.#rules.some((list) => list.some(({ first, last }) => n >= first && n <= last));
  }
  clear() {
    this.#rules = [[], [], []];
  }
  get rules() {
    return this.#rules.flatMap((list) => list.map(({ text }) => text).reverse());
  }
  get size() {
    return this.#rules.reduce((n, list) => n + list.length, 0);
  }
  toJSON() {
    return this.rules;
  }
  fromJSON(data) {
    if (typeof data === 'string') data = JSON.parse(data);
    if (!Array.isArray(data) || !data.every((rule) => typeof rule === 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], data);
    }
    for (const rule of data) this.#addText(rule);
  }
  #addText(rule) {
    const match = /^(Address|Subnet|Range): IPv([46]) ([^/-]+)(?:[/-](.+))?$/.exec(rule);
    if (match === null) return;
    const [, kind, version, first, second] = match, family = `ipv${version}`;
    if (kind === 'Address' && second === undefined) this.addAddress(first, family);
    else if (kind === 'Subnet' && second !== undefined) this.addSubnet(first, Number(second), family);
    else if (kind === 'Range' && second !== undefined) this.addRange(first, second, family);
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return '[BlockList]';
    return `BlockList ${inspect({ rules: this.rules }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
  [clone]() {
    return { data: this.#rules, deserializeInfo: 'internal/net/block_list:BlockList' };
  }
  [deserialize](rules) {
    this.#rules = rules;
  }
}
BlockList.PRIVATE_RANGES = Object.freeze(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7']);

module.exports = { BlockList };
