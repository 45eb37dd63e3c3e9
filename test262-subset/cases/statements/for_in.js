// SPDX-License-Identifier: MIT
/*---
description: for-in walks own and inherited names once, leaves out what is deleted or shadowed.
features: [for-in-order]
---*/
var proto = { c: 1, a: 1 };
var o = Object.create(proto, { a: { value: 1, enumerable: false }, hidden: { value: 1 } });
o.z = 1;
o[1] = 1;
o.gone = 1;
var names = [];
for (var name in o) { names.push(name); delete o.gone; }
assert.compareArray(names, ["1", "z", "c"]);
for (name in null) assert(false);
