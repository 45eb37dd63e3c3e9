// SPDX-License-Identifier: MIT
/*---
description: Integer-indexed exotic objects.
flags: [onlyStrict]
---*/
var a = new Uint8Array(2);
a[5] = 1;
assert.sameValue(5 in a, false);
assert.sameValue(a["-0"], undefined);
a["-0"] = 1;
a[1.5] = 1;
assert.compareArray(Reflect.ownKeys(a), ["0", "1"]);
a["1.50"] = 2;
assert.sameValue(a["1.50"], 2);
assert.throws(TypeError, function () { Object.defineProperty(a, 0, { value: 1, enumerable: false }); });
assert.throws(TypeError, function () { Object.freeze(a); });
assert.throws(TypeError, function () { delete a[0]; });
assert.sameValue(delete a[9], true);
var d = Object.getOwnPropertyDescriptor(a, 0);
assert(d.writable && d.enumerable && d.configurable);
