// SPDX-License-Identifier: MIT
// race(sab, grow, rounds): reads and writes shared memory in every way that JavaScript has, in no order. Programs run this text in
// several threads at once; ThreadSanitizer must stay silent. Both buffers have 256 bytes or more, grow may grow to 1024.
// The text stands in a template: no backquotes and no substitutions here.
const kinds = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array];
if (typeof Float16Array === 'function') kinds.push(Float16Array);
const names = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float16', 'Float32', 'Float64', 'BigInt64', 'BigUint64'];
const isBig = v => typeof v[0] === 'bigint';

function elements(v) {
  for (let i = 0; i < 30; i++) {
    v[i] = v[(i * 7 + 1) % v.length];
    v[i]++;
    const x = v[i];
    v[i] = x;
  }
}

function writes(v, one) {
  const n = v.length;
  v.fill(one, 1, n >> 1);
  v.copyWithin(0, n >> 2, n >> 1);
  v.copyWithin(3, 0, n >> 2);
  v.set(v.subarray(0, 8), 16);
  v.set([one, one], 2);
  v.reverse();
  v.subarray(0, 16).sort();
  v.subarray(8, 24).sort((a, b) => (a < b ? 1 : -1));
  Reflect.set(v, 1, one);
  Object.defineProperty(v, 2, { value: one });
}

function reads(v, one) {
  v.slice(2, 20), v.toString(), v.includes(one), v.indexOf(one), v.lastIndexOf(one), v.join(), v.toLocaleString(), v.at(-1);
  v.toReversed(), v.toSorted(), v.with(0, one), v.map(x => x), v.filter(x => x), v.find(x => !x), v.findLastIndex(x => !x);
  v.reduce((a, b) => b, one), v.reduceRight((a, b) => b, one), v.every(x => true), v.some(x => false), v.forEach(x => x);
  [...v], Array.from(v), v.constructor.from(v), new v.constructor(v), Array.prototype.slice.call(v), Array.prototype.indexOf.call(v, one);
  for (const x of v.entries()) if (x[0] > 3) break;
  for (const k in v) if (k > 2) break;
  Object.values(v), Object.entries(v), ({ ...v }), Reflect.get(v, 1), Object.getOwnPropertyDescriptor(v, 2);
  if (!isBig(v)) JSON.stringify(v), Math.max.apply(null, v), Math.min(...v);
  const [a, b] = v, { 0: c } = v;
}

function atomics(v, one) {
  if (/Float|Clamped/.test(v.constructor.name)) return;
  Atomics.add(v, 0, one), Atomics.sub(v, 1, one), Atomics.and(v, 2, one), Atomics.or(v, 3, one), Atomics.xor(v, 4, one);
  Atomics.exchange(v, 5, one), Atomics.compareExchange(v, 6, one, one), Atomics.store(v, 7, one), Atomics.load(v, 7);
  if (/^(Int32|BigInt64)/.test(v.constructor.name)) Atomics.notify(v, 8), Atomics.wait(v, 8, one, 0.01);
}

function views(data) {
  for (const name of names) {
    if (!data['get' + name]) continue;
    for (let i = 1; i < 9; i++) data['set' + name](i + 3, data['get' + name](i, !!(i & 1)), !!(i & 2));
  }
}

function between(sab, grow) {
  const bytes = new Uint8Array(sab), others = new Uint8Array(grow);
  new Uint8Array(sab.slice(3, 60)), grow.slice(1);
  bytes.subarray(8, 24).set([1, 2, 3]);
  bytes.set(new Uint16Array(grow, 0, 8)), bytes.set(others.subarray(3, 40), 1);
  new Float64Array(sab).set(new Int32Array(grow, 4, 8)), new Int16Array(sab).set(new Float32Array(sab, 0, 8), 2);
  if (grow.byteLength + 8 <= grow.maxByteLength) {
    try {
      grow.grow(grow.byteLength + 8);
    } catch {
      // another thread has grown it further
    }
  }
  if (bytes.setFromHex) bytes.setFromHex('00ff10'), bytes.setFromBase64('AAECAwQF'), bytes.toHex(), bytes.toBase64();
}

function buffers(sab, grow) {
  const b = Buffer.from(sab), other = Buffer.from(grow, 0, 64), target = new Uint8Array(grow);
  for (const encoding of ['latin1', 'utf8', 'hex', 'base64', 'utf16le', 'ascii']) b.toString(encoding), b.write('abcd', 1, encoding);
  b.indexOf('a'), b.indexOf(other.subarray(1, 3)), b.lastIndexOf('lo'), b.includes(7), b.compare(other), b.equals(other), Buffer.concat([b, other]);
  b.fill('ab'), b.fill(0), b.copy(Buffer.alloc(8)), other.copy(b, 3), b.readInt32LE(1), b.writeDoubleBE(1.5, 3), b.readUIntBE(0, 6), b.writeIntLE(5, 0, 3);
  b.swap16(), b.swap32(), b.swap64(), b.toJSON(), Buffer.from(b), Buffer.compare(b, other);
  new TextDecoder().decode(new Uint8Array(sab, 0, 32)), new TextEncoder().encodeInto('abcé', new Uint8Array(sab, 0, 32));
  const v8 = require('v8'), packed = v8.serialize({ a: [1, 'text'], b: Buffer.from(sab, 0, 64) });
  for (let i = 0; i < packed.length && i < 192; i++) target[i] = packed[i];
  for (const read of [v8.deserialize, x => new v8.Deserializer(x).readValue()]) {
    try {
      read(Buffer.from(target.buffer, 0, packed.length));
    } catch {
      // another thread writes it
    }
  }
  structuredClone(new Uint8Array(sab)), require('util').inspect(b), require('util').isDeepStrictEqual(b, other);
}

function race(sab, grow, rounds) {
  const all = [...kinds.map(K => new K(sab)), ...kinds.map(K => new K(grow))];
  for (let r = 0; r < rounds; r++) {
    for (const v of all) {
      const one = isBig(v) ? 1n : 1;
      elements(v), writes(v, one), reads(v, one), atomics(v, one);
    }
    views(new DataView(sab)), views(new DataView(grow));
    between(sab, grow);
    if (typeof Buffer === 'function') buffers(sab, grow);
  }
}
