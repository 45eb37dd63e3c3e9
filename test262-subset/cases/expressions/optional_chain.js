// SPDX-License-Identifier: MIT
/*---
description: An optional chain ends as a whole at the first missing link, and keeps this.
features: [optional-chaining, coalesce-expression, logical-assignment-operators]
---*/
var o = { f() { return this; }, n: null };
assert.sameValue(o?.f(), o);
assert.sameValue(o.n?.a.b.c(), undefined);
assert.sameValue(o.missing?.(), undefined);
assert.sameValue((o?.f)(), o);
assert.sameValue(delete o?.n, true);
assert.sameValue("n" in o, false);
o.n ??= 3;
o.n &&= o.n + 1;
o.n ||= 9;
assert.sameValue(o.n, 4);
