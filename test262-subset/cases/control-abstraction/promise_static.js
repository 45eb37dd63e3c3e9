// SPDX-License-Identifier: MIT
/*---
description: resolve, reject, withResolvers, try.
flags: [async]
includes: [asyncHelpers.js]
features: [promise-with-resolvers, promise-try]
---*/
asyncTest(async function () {
  assert.sameValue(await Promise.try((a, b) => a + b, 1, 2), 3);
  var p = Promise.resolve(1);
  assert.sameValue(Promise.resolve(p), p);
  assert.sameValue(await Promise.reject(2).catch((e) => e), 2);
  var parts = Promise.withResolvers();
  parts.resolve(3);
  assert.sameValue(await parts.promise, 3);
  assert.sameValue(await Promise.try(() => { throw 4; }).catch((e) => e), 4);
  class Mine extends Promise {}
  assert(Mine.resolve(1) instanceof Mine && Mine.resolve(1).then() instanceof Mine);
  assert.throws(TypeError, function () { Promise.resolve.call(1); });
});
