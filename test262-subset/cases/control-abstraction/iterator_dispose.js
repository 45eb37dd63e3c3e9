// SPDX-License-Identifier: MIT
/*---
description: Iterators are disposed of by closing them.
features: [explicit-resource-management]
---*/
var closed = 0, it = { __proto__: Iterator.prototype, next() { return { done: false }; }, return() { closed++; return {}; } };
{
  using held = it;
}
assert.sameValue(closed, 1);
it[Symbol.dispose]();
assert.sameValue(closed, 2);
