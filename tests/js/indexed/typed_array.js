// SPDX-License-Identifier: MIT
// Typed arrays: constructors, conversions, overlapping copies, sorting kernels, buffers that shrink under a method; base64.
'use strict';
const assert = require('../lib/assert.js');

const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, Float64Array];
const bigTypes = [BigInt64Array, BigUint64Array];

// From everything
for (const Type of types) {
  assert.deepEqual([...new Type([1, 2, 3])], [1, 2, 3]);
  assert.deepEqual([...new Type(new Set([1, 2]))], [1, 2]);
  assert.deepEqual([...new Type({ length: 2, 0: '7', 1: { valueOf: () => 8 } })], [7, 8]);
  for (const Other of types) assert.deepEqual([...new Type(new Other([1, 2, 3]))], [1, 2, 3]);
  assert.throws(() => new Type(new BigInt64Array(1)), TypeError);
  assert.throws(() => new Type(-1), RangeError);
  assert.equal(new Type(3).length, 3);
  assert.equal(Type.BYTES_PER_ELEMENT, new Type(1).byteLength);
  assert.deepEqual([...Type.from([1, 2], (v) => v * 2)], [2, 4]);
  assert.deepEqual([...Type.of(1, 2)], [1, 2]);
}
assert.throws(() => new Int32Array(new ArrayBuffer(7)), 'byte length of Int32Array should be a multiple of 4');
assert.throws(() => new Int32Array(new ArrayBuffer(8), 1), 'start offset of Int32Array should be a multiple of 4');
assert.throws(() => new Int32Array(new ArrayBuffer(8), 4, 2), 'Invalid typed array length: 2');
assert.throws(() => Int8Array(1), "Constructor Int8Array requires 'new'");
assert.throws(() => new (Object.getPrototypeOf(Int8Array))(), 'Abstract class TypedArray not directly constructable');
assert.deepEqual([...new Uint8ClampedArray([-5, 0.5, 1.5, 254.6, 300, NaN])], [0, 0, 2, 255, 255, 0]);
assert.deepEqual([...new Int8Array([128, -129, 1e10, NaN, Infinity])], [-128, 127, 0, 0, 0]);
assert.deepEqual([...new BigUint64Array([-1n])], [2n ** 64n - 1n]);

// Overlapping set, with and without conversion
const shared = new ArrayBuffer(32);
const u8 = new Uint8Array(shared), u16 = new Uint16Array(shared, 0, 4);
for (let i = 0; i < 8; i++) u8[i] = i + 1;
u8.set(u8.subarray(0, 6), 2);
assert.deepEqual([...u8.subarray(0, 8)], [1, 2, 1, 2, 3, 4, 5, 6]);
u16.set(u8.subarray(0, 4));
assert.deepEqual([...u16], [1, 2, 1, 2]);
u8.copyWithin(1, 0, 4);
assert.equal(u8[1], 1);
assert.throws(() => u8.set([1], 32), 'offset is out of bounds');
assert.throws(() => u8.set([1], -1), 'offset is out of bounds');

// Sorting without comparator
let seed = 1;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
for (const Type of types.concat(bigTypes)) {
  const big = bigTypes.includes(Type);
  for (const n of [0, 1, 2, 15, 16, 17, 33, 500]) {
    const t = new Type(n);
    for (let i = 0; i < n; i++) t[i] = big ? BigInt(Math.floor((random() - 0.5) * 2 ** 53)) * 512n : (random() - 0.5) * 2 ** 34;
    const byComparator = t.toSorted((a, b) => a < b ? -1 : a > b ? 1 : 0);
    t.sort();
    for (let i = 0; i < n; i++) assert.equal(t[i], byComparator[i], Type.name + ' ' + n);
  }
}
for (const Type of [Float16Array, Float32Array, Float64Array]) {
  const t = new Type([NaN, 1, -0, 0, -Infinity, Infinity, -NaN, -1, 0.5]).sort();
  assert.deepEqual([...t], [-Infinity, -1, -0, 0, 0.5, 1, Infinity, NaN, NaN]);
}
assert.deepEqual([...new Int32Array([3, 1, 2]).sort((a, b) => b - a)], [3, 2, 1]);

// A buffer that shrinks under the method
function shrinking(length) {
  const buffer = new ArrayBuffer(length, { maxByteLength: 64 });
  const t = new Uint8Array(buffer);
  for (let i = 0; i < length; i++) t[i] = i;
  return [t, buffer];
}
{
  const [t, buffer] = shrinking(8);
  assert.deepEqual([...t.map((v) => { if (v === 2) buffer.resize(4); return v === undefined ? 99 : v; })], [0, 1, 2, 3, 99, 99, 99, 99]);
}
{
  const [t, buffer] = shrinking(8);
  t.sort((a, b) => { buffer.resize(2); return b - a; });
  assert.deepEqual([...t], [7, 6]);
}
{
  const [t, buffer] = shrinking(8);
  t.fill({ valueOf() { buffer.resize(3); return 5; } });
  assert.deepEqual([...t], [5, 5, 5]);
}
{
  const [t, buffer] = shrinking(8);
  t.copyWithin(4, { valueOf() { buffer.resize(6); return 0; } });
  assert.deepEqual([...t], [0, 1, 2, 3, 0, 1]);
}
{
  const [t, buffer] = shrinking(8);
  assert.equal(t.includes(undefined, { valueOf() { buffer.resize(4); return 0; } }), true);
  assert.equal(t.indexOf(undefined), -1);
}
{
  const t = new Uint8Array(4);
  assert.throws(() => t.fill({ valueOf() { t.buffer.transfer(); return 1; } }), TypeError);
  assert.throws(() => t.at(0), TypeError);
  assert.equal(t.length, 0);
}
{
  const [t, buffer] = shrinking(8);
  const it = t.values();
  it.next();
  buffer.resize(0);
  assert.deepEqual(it.next(), { value: undefined, done: true });
}

// Methods
const t = new Int16Array([5, 1, 4]);
assert.equal(t.join('-'), '5-1-4');
assert.equal(t.indexOf(4), 2);
assert.equal(t.lastIndexOf(5, -3), 0);
assert.equal(t.includes('4'), false);
assert.equal(new Float32Array([NaN]).includes(NaN), true);
assert.equal(new BigInt64Array([5n]).indexOf(5n), 0);
assert.deepEqual([...t.with(0, 9)], [9, 1, 4]);
assert.throws(() => t.with(5, 0), RangeError);
assert.deepEqual([...t.toReversed()], [4, 1, 5]);
assert.deepEqual([...t.slice(1)], [1, 4]);
assert.deepEqual([...t.subarray(-2, -1)], [1]);
assert.equal(t.subarray(1).buffer, t.buffer);
assert.equal(t.reduce((a, b) => a + b), 10);
assert.deepEqual([...t.filter((v) => v > 1)], [5, 4]);
assert.equal(String(t), '5,1,4');
assert.equal(Object.prototype.toString.call(t), '[object Int16Array]');
assert.equal(t.toString, Array.prototype.toString);
class Mine extends Int16Array {}
assert(new Mine(3).map((v) => v) instanceof Mine);
assert.deepEqual([...new Uint8Array([1, 2, 3]).reverse()], [3, 2, 1]);

// base64 and hexadecimal text
for (let n = 0; n < 40; n++) {
  const bytes = new Uint8Array(n).map((v, i) => i * 37 + n);
  for (const alphabet of ['base64', 'base64url']) {
    for (const omitPadding of [false, true]) {
      assert.deepEqual([...Uint8Array.fromBase64(bytes.toBase64({ alphabet, omitPadding }), { alphabet })], [...bytes]);
    }
  }
  assert.deepEqual([...Uint8Array.fromHex(bytes.toHex())], [...bytes]);
}
assert.equal(new Uint8Array([104, 105]).toBase64(), 'aGk=');
assert.equal(new Uint8Array([251, 255]).toBase64({ alphabet: 'base64url', omitPadding: true }), '-_8');
assert.deepEqual([...Uint8Array.fromBase64(' a G\nk = ')], [104, 105]);
assert.throws(() => Uint8Array.fromBase64('a'), SyntaxError);
assert.throws(() => Uint8Array.fromBase64('aGl=', { lastChunkHandling: 'strict' }), SyntaxError);
const target = new Uint8Array(4);
assert.deepEqual(target.setFromBase64('aGVsbG8='), { read: 4, written: 3 });
assert.throws(() => target.setFromHex('0102zz'), SyntaxError);
assert.deepEqual([...target], [1, 2, 108, 0]);
assert.throws(() => Uint8Array.fromHex('abc'), SyntaxError);
assert.throws(() => Uint8Array.fromBase64(5), TypeError);
