// SPDX-License-Identifier: MIT
/*---
description: Immutable buffers.
features: [immutable-arraybuffer]
---*/
var b = new ArrayBuffer(4);
new Uint8Array(b)[0] = 5;
assert.sameValue(b.immutable, false);
var part = b.sliceToImmutable(0, 2);
assert.compareArray([part.immutable, part.byteLength, b.byteLength], [true, 2, 4]);
var fixed = b.transferToImmutable();
assert.compareArray([fixed.immutable, b.detached, new Uint8Array(fixed)[0]], [true, true, 5]);
assert.throws(TypeError, function () { fixed.transfer(); });
