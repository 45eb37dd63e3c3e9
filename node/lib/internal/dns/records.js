// SPDX-License-Identifier: MIT
// What is in an answer of the DNS (RFC 1035 and those that add types), as resolve* tells it. Whatever does not fit makes the answer EBADRESP.
'use strict';

const { parseAddress } = internalBinding('stream_wrap');

const types = {
  __proto__: null, A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, TLSA: 52, ANY: 255, CAA: 257,
};

class BadAnswer extends Error {}

class Reader {
  #bytes;
  constructor(bytes) {
    this.#bytes = bytes;
    this.at = 0;
    this.end = bytes.length; // of what may be read now
  }
  u8() {
    if (this.at >= this.end) throw new BadAnswer();
    return this.#bytes[this.at++];
  }
  u16() {
    return this.u8() * 256 + this.u8();
  }
  u32() {
    return this.u16() * 65536 + this.u16();
  }
  bytes(n) {
    if (this.at + n > this.end) throw new BadAnswer();
    this.at += n;
    return this.#bytes.subarray(this.at - n, this.at);
  }
  // A string with its length in front.
  text() {
    return latin1(this.bytes(this.u8()));
  }
  // Labels, the last of which may be elsewhere: each jump goes backwards.
  name() {
    const labels = [];
    let next = -1, last = this.at, { end } = this;
    for (;;) {
      const n = this.u8();
      if (n === 0) break;
      if (n < 64) {
        labels.push(escapeLabel(this.bytes(n)));
        continue;
      }
      if (n < 192) throw new BadAnswer();
      const target = (n & 63) * 256 + this.u8();
      if (next === -1) next = this.at;
      if (target >= last) throw new BadAnswer();
      last = this.at = target;
      this.end = this.#bytes.length;
    }
    if (next !== -1) this.at = next;
    this.end = end;
    return labels.join('.');
  }
}

function latin1(bytes) {
  return require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).latin1Slice();
}

function escapeLabel(bytes) {
  let text = '';
  for (const byte of bytes) {
    if (byte < 33 || byte > 126) text += `\\${`${byte}`.padStart(3, '0')}`;
    else text += (byte === 46 || byte === 92 ? '\\' : '') + String.fromCharCode(byte);
  }
  return text;
}

function ipv4(reader) {
  return reader.bytes(4).join('.');
}

function ipv6(reader) {
  const bytes = reader.bytes(16), groups = [];
  for (let i = 0; i < 16; i += 2) groups.push((bytes[i] * 256 + bytes[i + 1]).toString(16));
  return parseAddress(groups.join(':'), true)[0];
}

function texts(reader) {
  const all = [];
  while (reader.at < reader.end) all.push(reader.text());
  return all;
}

function caa(reader) {
  const critical = reader.u8(), tag = reader.text();
  return { critical, type: 'CAA', [tag]: latin1(reader.bytes(reader.end - reader.at)) };
}

function naptr(reader) {
  const order = reader.u16(), preference = reader.u16(), flags = reader.text(), service = reader.text(), regexp = reader.text();
  return { flags, service, regexp, replacement: reader.name(), order, preference, type: undefined };
}

function soa(reader) {
  return {
    nsname: reader.name(), hostmaster: reader.name(), serial: reader.u32(), refresh: reader.u32(), retry: reader.u32(), expire: reader.u32(),
    minttl: reader.u32(), type: undefined,
  };
}

function srv(reader) {
  const priority = reader.u16(), weight = reader.u16(), port = reader.u16();
  return { name: reader.name(), port, priority, weight, type: 'SRV' };
}

function mx(reader) {
  const priority = reader.u16();
  return { exchange: reader.name(), priority, type: 'MX' };
}

function tlsa(reader) {
  const certUsage = reader.u8(), selector = reader.u8(), match = reader.u8();
  const data = reader.bytes(reader.end - reader.at);
  return { certUsage, selector, match, data: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) };
}

const readers = {
  __proto__: null, A: ipv4, AAAA: ipv6, NS: (r) => r.name(), CNAME: (r) => r.name(), PTR: (r) => r.name(), SOA: soa, MX: mx, TXT: texts, SRV: srv,
  NAPTR: naptr, TLSA: tlsa, CAA: caa,
};
const nameOfType = new Map(Object.entries(types).map(([name, number]) => [number, name]));

// The records of an answer: [{ type, ttl, value }].
function readRecords(bytes) {
  const reader = new Reader(bytes), records = [];
  reader.at = 4;
  const questions = reader.u16(), answers = reader.u16();
  reader.at = 12;
  for (let i = 0; i < questions; i++) {
    reader.name();
    reader.bytes(4);
  }
  for (let i = 0; i < answers; i++) {
    reader.name();
    const type = nameOfType.get(reader.u16()), what = reader.u16(), ttl = reader.u32(), length = reader.u16(), begin = reader.at;
    reader.bytes(length);
    if (what !== 1 || readers[type] === undefined) continue;
    reader.at = begin;
    reader.end = begin + length;
    records.push({ type, ttl, value: readers[type](reader) });
    reader.end = bytes.length;
    reader.at = begin + length;
  }
  return records;
}

function anyRecord({ type, ttl, value }) {
  switch (type) {
    case 'A': case 'AAAA': return { address: value, ttl, type };
    case 'CNAME': case 'NS': case 'PTR': return { value, type };
    case 'TXT': return { entries: value, type };
    case 'CAA': return value;
    default: return { ...value, type };
  }
}

const anyOrder = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'PTR', 'NAPTR', 'SOA', 'TLSA', 'CAA'];

// Of these, others in the answer make it an empty one.
const lists = new Set(['A', 'AAAA', 'CAA', 'MX', 'NAPTR', 'SRV', 'TXT', 'TLSA']);

// What the callback of a question for `wanted` gets; undefined: there is nothing. Throws BadAnswer.
function answerOf(wanted, bytes, withTtl) {
  const records = readRecords(bytes);
  if (wanted === 'ANY') return records.length > 0 ? anyOrder.flatMap((name) => records.filter(({ type }) => type === name).map(anyRecord)) : undefined;
  const found = records.filter(({ type }) => type === wanted);
  if (found.length === 0) {
    if (records.length > 0 && wanted === 'SOA') throw new BadAnswer();
    return records.length > 0 && lists.has(wanted) ? [] : undefined;
  }
  if (wanted === 'SOA') return found[0].value;
  if (withTtl) return found.map(({ value, ttl }) => ({ address: value, ttl }));
  return found.map(({ value }) => value);
}

module.exports = { types, answerOf, BadAnswer };
