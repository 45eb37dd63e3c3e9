// SPDX-License-Identifier: MIT
/*---
description: Conversion of elements to each type.
---*/
assert.compareArray(new Uint8Array([256, -1, 1.9, NaN, "7"]), [0, 255, 1, 0, 7]);
assert.compareArray(new Int8Array([128, -129, 255]), [-128, 127, -1]);
assert.compareArray(new Uint8ClampedArray([300, -5, 1.5, 2.5, NaN]), [255, 0, 2, 2, 0]);
assert.compareArray(new Int16Array([32768]), [-32768]);
assert.compareArray(new Uint16Array([65536 + 7]), [7]);
assert.compareArray(new Int32Array([2 ** 31]), [-(2 ** 31)]);
assert.compareArray(new Uint32Array([-1]), [4294967295]);
assert.compareArray(new Float16Array([1.0009765625, 65520, 1e-9]), [1.0009765625, Infinity, 0]);
assert.compareArray(new Float32Array([0.1]), [Math.fround(0.1)]);
assert.compareArray(new Float64Array([0.1, -0]), [0.1, -0]);
assert.compareArray(new BigUint64Array([-1n]), [2n ** 64n - 1n]);
assert.compareArray(new BigInt64Array([2n ** 63n]), [-(2n ** 63n)]);
