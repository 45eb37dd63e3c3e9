// SPDX-License-Identifier: MIT
/*---
description: Combinators, thenables, species and the order of reactions.
flags: [async]
includes: [asyncHelpers.js]
features: [Promise.allSettled, Promise.any, promise-with-resolvers]
---*/
asyncTest(async function () {
  assert.compareArray(await Promise.all([1, Promise.resolve(2), { then(f) { f(3); } }]), [1, 2, 3]);
  var settled = await Promise.allSettled([1, Promise.reject("no")]);
  assert.sameValue(settled[1].reason, "no");
  var error = await Promise.any([Promise.reject(1)]).catch(e => e);
  assert(error instanceof AggregateError);
  assert.sameValue(await Promise.race([new Promise(() => {}), 5]), 5);
  var { promise, resolve } = Promise.withResolvers();
  resolve(promise);
  assert.sameValue((await promise.catch(e => e)).constructor, TypeError);
  assert.sameValue(await Promise.reject(1).finally(() => 2).catch(e => e), 1);
});
