// SPDX-License-Identifier: MIT
/*---
description: DataView reads and writes every type in both orders.
features: [Float16Array]
---*/
var v = new DataView(new ArrayBuffer(16), 4, 9);
assert.compareArray([v.byteLength, v.byteOffset, v.buffer.byteLength], [9, 4, 16]);
v.setInt8(0, -1);
assert.compareArray([v.getInt8(0), v.getUint8(0)], [-1, 255]);
v.setUint8(0, 258);
assert.sameValue(v.getUint8(0), 2);
v.setInt16(0, -2); v.setUint16(2, 0x1234, true);
assert.compareArray([v.getInt16(0), v.getUint16(0), v.getUint16(2), v.getInt16(2, true)], [-2, 65534, 0x3412, 0x1234]);
v.setInt32(0, -3); v.setUint32(4, 0x12345678, true);
assert.compareArray([v.getInt32(0), v.getUint32(0), v.getUint32(4), v.getInt32(4, true)], [-3, 4294967293, 0x78563412, 0x12345678]);
v.setFloat16(0, 1.5); v.setFloat32(2, 0.5, true);
assert.compareArray([v.getFloat16(0), v.getFloat32(2, true)], [1.5, 0.5]);
v.setFloat64(1, Math.PI);
assert.sameValue(v.getFloat64(1), Math.PI);
v.setBigInt64(0, -5n); assert.sameValue(v.getBigUint64(0), 2n ** 64n - 5n);
v.setBigUint64(0, 6n, true); assert.sameValue(v.getBigInt64(0, true), 6n);
assert.throws(RangeError, function () { v.getInt8(9); });
assert.throws(RangeError, function () { v.setFloat64(2, 0); });
assert.throws(TypeError, function () { DataView(new ArrayBuffer(1)); });
assert.throws(TypeError, function () { new DataView({}); });
assert.throws(RangeError, function () { new DataView(new ArrayBuffer(1), 2); });
