// SPDX-License-Identifier: MIT
// ArrayBuffer, SharedArrayBuffer, DataView, Atomics.
'use strict';
const assert = require('../lib/assert.js');

const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
const bytes = new Uint8Array(buffer), part = new Uint8Array(buffer, 4, 4), view = new DataView(buffer, 2);
bytes.set([1, 2, 3, 4, 5, 6, 7, 8]);
buffer.resize(6);
assert.equal(bytes.length, 6);
assert.equal(part.length, 0);
assert.equal(part[0], undefined);
assert.equal(view.byteLength, 4);
buffer.resize(12);
assert.deepEqual([...bytes], [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0]);
assert.equal(part.length, 4);
assert.throws(() => buffer.resize(17), RangeError);
assert.throws(() => new ArrayBuffer(2, { maxByteLength: 1 }), RangeError);
assert.throws(() => ArrayBuffer(1), "Constructor ArrayBuffer requires 'new'");
assert.throws(() => new ArrayBuffer(2 ** 52), 'Array buffer allocation failed');
const moved = buffer.transfer();
assert.equal(buffer.detached, true);
assert.equal(buffer.byteLength, 0);
assert.equal(bytes.length, 0);
assert.equal(moved.resizable, true);
assert.equal(moved.byteLength, 12);
assert.equal(moved.transferToFixedLength(4).resizable, false);
assert.throws(() => buffer.slice(), TypeError);
assert.throws(() => view.getInt8(0), TypeError);
assert.deepEqual([...new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer.slice(1, -1))], [2, 3]);
assert.deepEqual([...new Uint8Array(new Uint8Array([1, 2]).buffer.transfer(4))], [1, 2, 0, 0]);
assert.equal(ArrayBuffer.isView(view), true);
const constant = new Uint8Array([1, 2]).buffer.transferToImmutable();
assert.equal(constant.immutable, true);
assert.throws(() => { new Uint8Array(constant)[0] = 9; }, TypeError);
assert.equal(new Uint8Array(constant)[0], 1);

// DataView
const d = new DataView(new ArrayBuffer(16), 1);
for (const [type, value] of [['Int8', -5], ['Uint8', 250], ['Int16', -300], ['Uint16', 65000], ['Int32', -70000], ['Uint32', 4000000000],
  ['Float32', 1.5], ['Float64', Math.PI], ['Float16', 0.25], ['BigInt64', -(2n ** 60n)], ['BigUint64', 2n ** 63n]]) {
  for (const little of [true, false, undefined]) {
    d['set' + type](3, value, little);
    assert.equal(d['get' + type](3, little), value, type);
  }
}
d.setInt16(0, 0x1234);
assert.equal(d.getInt16(0, true), 0x3412);
assert.throws(() => d.getInt32(12), 'Offset is outside the bounds of the DataView');
assert.throws(() => d.getInt32(-1), RangeError);
assert.throws(() => new DataView(new ArrayBuffer(1), 2), 'Start offset 2 is outside the bounds of the buffer');
assert.throws(() => new DataView([]), 'First argument to DataView constructor must be an ArrayBuffer');

// SharedArrayBuffer
const shared = new SharedArrayBuffer(8, { maxByteLength: 16 });
const ints = new Int32Array(shared);
shared.grow(16);
assert.equal(ints.length, 4);
assert.throws(() => shared.grow(8), RangeError);
ints.set([1, 2, 3, 4]);
ints.copyWithin(1, 0);
assert.deepEqual([...ints], [1, 1, 2, 3]);
assert.deepEqual([...new Int32Array(shared.slice(8))], [2, 3]);
assert.equal(ints.fill(7)[3], 7);
assert.deepEqual([...new Float64Array(new Int32Array(shared))], [7, 7, 7, 7]);

// Atomics
for (const Type of [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]) {
  const t = new Type(2), n = (v) => typeof t[0] === 'bigint' ? BigInt(v) : v;
  assert.equal(Atomics.store(t, 0, n(5)), n(5));
  assert.equal(Atomics.add(t, 0, n(3)), n(5));
  assert.equal(Atomics.sub(t, 0, n(1)), n(8));
  assert.equal(Atomics.and(t, 0, n(6)), n(7));
  assert.equal(Atomics.or(t, 0, n(9)), n(6));
  assert.equal(Atomics.xor(t, 0, n(1)), n(15));
  assert.equal(Atomics.exchange(t, 0, n(20)), n(14));
  assert.equal(Atomics.compareExchange(t, 0, n(20), n(21)), n(20));
  assert.equal(Atomics.compareExchange(t, 0, n(20), n(22)), n(21));
  assert.equal(Atomics.load(t, 0), n(21));
}
assert.throws(() => Atomics.add(new Float64Array(1), 0, 1), TypeError);
assert.throws(() => Atomics.load(ints, 4), 'Invalid atomic access index');
assert.equal(Atomics.wait(ints, 0, 8, 10), 'not-equal');
const before = Date.now();
assert.equal(Atomics.wait(ints, 0, 7, 30), 'timed-out');
assert(Date.now() - before >= 28);
assert.equal(Atomics.notify(ints, 0), 0);
assert.equal(Atomics.isLockFree(4), true);
