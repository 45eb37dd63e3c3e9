// SPDX-License-Identifier: MIT
/*---
description: Shared memory: growing, slices.
features: [SharedArrayBuffer, resizable-arraybuffer]
---*/
var b = new SharedArrayBuffer(4, { maxByteLength: 8 });
assert.compareArray([b.byteLength, b.maxByteLength, b.growable], [4, 8, true]);
new Int8Array(b)[3] = 1;
b.grow(8);
assert.sameValue(b.byteLength, 8);
assert.throws(RangeError, function () { b.grow(4); });
assert.sameValue(new Int8Array(b.slice(3, 4))[0], 1);
assert.throws(TypeError, function () { new SharedArrayBuffer(1).grow(1); });
assert.throws(TypeError, function () { SharedArrayBuffer(1); });
assert.throws(TypeError, function () { ArrayBuffer.prototype.slice.call(b); });
assert.sameValue(SharedArrayBuffer[Symbol.species], SharedArrayBuffer);
