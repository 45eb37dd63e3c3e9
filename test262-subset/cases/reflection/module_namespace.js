// SPDX-License-Identifier: MIT
/*---
description: A namespace is an exotic object.
flags: [module]
---*/
import * as self from "./module_namespace.js";
export let b = 1, a = 2;
export default 3;
assert.compareArray(Object.keys(self), ["a", "b", "default"]);
assert.sameValue(Object.getPrototypeOf(self), null);
assert.sameValue(self[Symbol.toStringTag], "Module");
assert.throws(TypeError, function () { self.a = 5; });
assert.throws(TypeError, function () { delete self.a; });
assert.sameValue(delete self.none, true);
assert.sameValue(Object.isExtensible(self), false);
assert.sameValue(Reflect.defineProperty(self, "a", { value: 2 }), true);
a = 7;
assert.sameValue(self.a, 7);
