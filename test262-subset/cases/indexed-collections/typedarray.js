// SPDX-License-Identifier: MIT
/*---
description: Conversions of elements, resizable buffers, detaching, and DataView's byte order.
features: [TypedArray, resizable-arraybuffer, DataView, arraybuffer-transfer]
---*/
assert.compareArray([...new Uint8ClampedArray([300, -5, 1.5, NaN])], [255, 0, 2, 0]);
assert.sameValue(new Int8Array([200])[0], -56);
var buffer = new ArrayBuffer(4, { maxByteLength: 8 });
var tracking = new Uint8Array(buffer);
buffer.resize(8);
assert.sameValue(tracking.length, 8);
var view = new DataView(buffer);
view.setUint16(0, 0x1234);
assert.sameValue(tracking[0], 0x12);
assert.sameValue(view.getUint16(0, true), 0x3412);
buffer.transfer();
assert.sameValue(tracking.length, 0);
assert.sameValue(tracking[0], undefined);
assert.throws(TypeError, function () { view.getInt8(0); });
var other = new ArrayBuffer(1);
$262.detachArrayBuffer(other);
assert.sameValue(other.detached, true);
