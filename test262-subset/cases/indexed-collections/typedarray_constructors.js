// SPDX-License-Identifier: MIT
/*---
description: Typed arrays of lengths, arrays, iterables and buffers.
features: [TypedArray]
---*/
[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array,
 Float64Array].forEach(function (T) {
  var a = new T([1, 2.6, -1]);
  assert.sameValue(a.length, 3);
  assert.sameValue(a.byteLength, 3 * T.BYTES_PER_ELEMENT);
  assert.sameValue(a[Symbol.toStringTag], T.name);
  assert.sameValue(new T(new Set([5]))[0], 5);
  assert.sameValue(new T(a)[0], 1);
  assert.sameValue(new T(a.buffer, T.BYTES_PER_ELEMENT, 1)[0], a[1]);
  assert.sameValue(T.of(1, 2).length, 2);
  assert.compareArray(T.from([1, 2], (x) => x * 2), [2, 4]);
  assert.throws(TypeError, function () { T(1); });
  assert.throws(RangeError, function () { new T(-1); });
  assert.throws(TypeError, function () { new T([1n]); });
});
[BigInt64Array, BigUint64Array].forEach(function (T) {
  assert.sameValue(new T([5n])[0], 5n);
  assert.throws(TypeError, function () { new T([5]); });
  assert.throws(TypeError, function () { new T(new Int8Array(1)); });
});
var TypedArray = Object.getPrototypeOf(Int8Array);
assert.throws(TypeError, function () { new TypedArray(); });
assert.sameValue(TypedArray[Symbol.species], TypedArray);
assert.throws(RangeError, function () { new Int16Array(new ArrayBuffer(3)); });
assert.throws(RangeError, function () { new Int16Array(new ArrayBuffer(4), 1); });
