// SPDX-License-Identifier: MIT
/*---
description: import.meta is an object of its own for each module.
flags: [module]
---*/
assert.sameValue(typeof import.meta, "object");
assert.sameValue(import.meta, import.meta);
assert.sameValue((() => import.meta)(), import.meta);
import.meta.mine = 1;
assert.sameValue(Object.hasOwn(import.meta, "mine"), true);
