// SPDX-License-Identifier: MIT
/*---
description: new.target in functions, constructors, arrows and Reflect.construct.
features: [new.target, Reflect.construct]
---*/
function F() { return { t: new.target, inner: (() => new.target)() }; }
function G() {}
assert.sameValue(F().t, undefined);
assert.sameValue(new F().t, F);
assert.sameValue(new F().inner, F);
assert.sameValue(Reflect.construct(F, [], G).t, G);
