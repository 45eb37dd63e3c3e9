// SPDX-License-Identifier: MIT
/*---
description: Views of buffers that grow and shrink.
features: [resizable-arraybuffer]
---*/
var buffer = new ArrayBuffer(4, { maxByteLength: 8 }), all = new Uint8Array(buffer), part = new Uint8Array(buffer, 2, 2);
buffer.resize(8);
assert.compareArray([all.length, part.length], [8, 2]);
buffer.resize(3);
assert.compareArray([all.length, part.length, part.byteOffset], [3, 0, 0]);
assert.throws(TypeError, function () { part.at(0); });
buffer.resize(4);
assert.sameValue(part.length, 2);
assert.compareArray([...all.keys()], [0, 1, 2, 3]);
