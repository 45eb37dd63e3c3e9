// SPDX-License-Identifier: MIT
/*---
description: export default of expressions, classes, async functions.
flags: [module]
---*/
import value from "./default_FIXTURE.js";
import K from "./default_class_FIXTURE.js";
import f from "./default_async_FIXTURE.js";
assert.sameValue(value, 3);
assert.sameValue(K.name, "default");
assert.sameValue(f.name, "named");
assert(f() instanceof Promise);
