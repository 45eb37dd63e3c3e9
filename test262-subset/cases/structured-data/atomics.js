// SPDX-License-Identifier: MIT
/*---
description: Operations on shared and private memory.
features: [Atomics]
---*/
var a = new Int32Array(new SharedArrayBuffer(8));
assert.compareArray([Atomics.store(a, 0, 5.7), Atomics.load(a, 0)], [5, 5]);
assert.compareArray([Atomics.add(a, 0, 3), Atomics.sub(a, 0, 1), Atomics.and(a, 0, 6), Atomics.or(a, 0, 9), Atomics.xor(a, 0, 1)], [5, 8, 7, 6, 15]);
assert.compareArray([Atomics.exchange(a, 0, 1), Atomics.compareExchange(a, 0, 1, 2), Atomics.compareExchange(a, 0, 1, 3), a[0]], [14, 1, 2, 2]);
assert.sameValue(Atomics.isLockFree(4), true);
assert.sameValue(Atomics.notify(a, 0), 0);
assert.sameValue(Atomics.add(new BigInt64Array(1), 0, 1n), 0n);
assert.sameValue(Atomics.pause(), undefined);
assert.throws(TypeError, function () { Atomics.add(new Float64Array(1), 0, 1); });
assert.throws(TypeError, function () { Atomics.wait(new Int32Array(1), 0, 0); });
assert.throws(RangeError, function () { Atomics.load(a, 2); });
