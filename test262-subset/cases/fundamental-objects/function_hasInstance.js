// SPDX-License-Identifier: MIT
/*---
description: instanceof asks Symbol.hasInstance.
features: [Symbol.hasInstance]
---*/
function F() {}
assert(Function.prototype[Symbol.hasInstance].call(F, new F));
assert.sameValue(Function.prototype[Symbol.hasInstance].call({}, {}), false);
assert({} instanceof { [Symbol.hasInstance](v) { return typeof v === "object"; } });
assert.throws(TypeError, function () { ({}) instanceof {}; });
assert.throws(TypeError, function () { F.prototype = 1; ({}) instanceof F; });
assert.sameValue(1 instanceof F, false);
