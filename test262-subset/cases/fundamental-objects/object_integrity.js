// SPDX-License-Identifier: MIT
/*---
description: Freezing, sealing and preventing extensions, and asking about it.
---*/
var frozen = Object.freeze({ a: 1 }), sealed = Object.seal({ a: 1 }), fixed = Object.preventExtensions({ a: 1 });
assert(Object.isFrozen(frozen) && Object.isSealed(frozen) && !Object.isExtensible(frozen));
assert(!Object.isFrozen(sealed) && Object.isSealed(sealed) && !Object.isExtensible(sealed));
assert(!Object.isFrozen(fixed) && !Object.isSealed(fixed) && !Object.isExtensible(fixed));
assert.sameValue(Reflect.set(frozen, "a", 2), false);
assert.sameValue(Reflect.set(sealed, "a", 2), true);
assert.sameValue(Reflect.deleteProperty(sealed, "a"), false);
assert.sameValue(delete fixed.a, true);
assert(Object.isFrozen(fixed));
assert(Object.isFrozen(1) && Object.isSealed(1) && !Object.isExtensible(1));
assert.sameValue(Object.freeze(1), 1);
assert.sameValue(Object.seal(1), 1);
assert.sameValue(Object.preventExtensions(1), 1);
