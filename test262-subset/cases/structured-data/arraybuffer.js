// SPDX-License-Identifier: MIT
/*---
description: ArrayBuffers: slice, resize, transfer, detach.
features: [resizable-arraybuffer, arraybuffer-transfer]
---*/
var b = new ArrayBuffer(8);
new Uint8Array(b)[1] = 7;
assert.sameValue(new Uint8Array(b.slice(1, 3))[0], 7);
assert.compareArray([b.byteLength, b.maxByteLength, b.resizable, b.detached], [8, 8, false, false]);
assert.throws(TypeError, function () { b.resize(4); });
assert.throws(TypeError, function () { ArrayBuffer(1); });
assert.throws(RangeError, function () { new ArrayBuffer(-1); });
assert.throws(RangeError, function () { new ArrayBuffer(9, { maxByteLength: 8 }); });
assert(ArrayBuffer.isView(new DataView(b)) && ArrayBuffer.isView(new Int8Array(1)) && !ArrayBuffer.isView(b));
var r = new ArrayBuffer(2, { maxByteLength: 4 });
r.resize(4);
assert.throws(RangeError, function () { r.resize(5); });
var moved = r.transfer(3);
assert.compareArray([r.detached, r.byteLength, moved.byteLength, moved.resizable], [true, 0, 3, true]);
assert.sameValue(moved.transferToFixedLength().resizable, false);
assert.throws(TypeError, function () { r.slice(0); });
assert.sameValue(ArrayBuffer[Symbol.species], ArrayBuffer);
