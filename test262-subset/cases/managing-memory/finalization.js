// SPDX-License-Identifier: MIT
/*---
description: Registries tell when what was registered is gone.
flags: [async]
features: [FinalizationRegistry, host-gc-required]
---*/
var told = [], token = {}, registry = new FinalizationRegistry((held) => told.push(held));
assert.throws(TypeError, function () { registry.register(1); });
assert.throws(TypeError, function () { registry.register(token, token); });
assert.throws(TypeError, function () { FinalizationRegistry(function () {}); });
(function () { for (var i = 0; i < 100; i++) registry.register({}, "gone"); registry.register({}, "unregistered", token); })();
assert.sameValue(registry.unregister(token), true);
assert.sameValue(registry.unregister(token), false);
setTimeout(function () {
  $262.gc();
  setTimeout(function () {
    if (told.length > 0 && told.every((x) => x === "gone")) $DONE();
    else $DONE(new Error(told.join()));
  }, 10);
}, 1);
