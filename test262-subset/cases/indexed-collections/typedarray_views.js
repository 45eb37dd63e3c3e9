// SPDX-License-Identifier: MIT
/*---
description: set, subarray, slice, and the properties of the view.
---*/
var buffer = new ArrayBuffer(8), a = new Uint8Array(buffer, 2, 4);
assert.compareArray([a.buffer === buffer, a.byteOffset, a.byteLength, a.length], [true, 2, 4, 4]);
a.set([1, 2], 1);
assert.compareArray(a, [0, 1, 2, 0]);
a.set(new Float32Array([9.5]));
assert.compareArray(a, [9, 1, 2, 0]);
assert.throws(RangeError, function () { a.set([1, 2], 3); });
var sub = a.subarray(1, -1);
assert.compareArray(sub, [1, 2]);
sub[0] = 5;
assert.sameValue(a[1], 5);
var slice = a.slice(1, 3);
slice[0] = 6;
assert.sameValue(a[1], 5);
$262.detachArrayBuffer(buffer);
assert.compareArray([a.length, a.byteLength, a.byteOffset, a[0]], [0, 0, 0, undefined]);
assert.throws(TypeError, function () { a.fill(0); });
