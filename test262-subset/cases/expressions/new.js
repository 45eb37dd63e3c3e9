// SPDX-License-Identifier: MIT
/*---
description: new with and without arguments, and what constructors return.
---*/
function A(x) { this.x = x; }
function B() { return { y: 1 }; }
function C() { return 1; }
assert.sameValue(new A().x, undefined);
assert.sameValue(new A(...[2]).x, 2);
assert.sameValue((new A).x, undefined);
assert.sameValue(new B().y, 1);
assert(new C instanceof C);
assert.sameValue(new (class { static K = class { z = 3; } }).K().z, 3);
assert.throws(TypeError, function () { new 1; });
assert.throws(TypeError, function () { new Math.max(); });
