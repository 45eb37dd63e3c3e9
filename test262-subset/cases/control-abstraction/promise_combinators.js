// SPDX-License-Identifier: MIT
/*---
description: all, allSettled, any, race.
flags: [async]
includes: [asyncHelpers.js]
features: [Promise.allSettled, Promise.any, AggregateError]
---*/
asyncTest(async function () {
  assert.compareArray(await Promise.all([1, Promise.resolve(2)]), [1, 2]);
  assert.sameValue(await Promise.all([1, Promise.reject("no")]).catch((e) => e), "no");
  assert.sameValue(JSON.stringify(await Promise.allSettled([1, Promise.reject(2)])),
                   '[{"status":"fulfilled","value":1},{"status":"rejected","reason":2}]');
  assert.sameValue(await Promise.any([Promise.reject(1), 2]), 2);
  var error = await Promise.any([Promise.reject(1)]).catch((e) => e);
  assert(error instanceof AggregateError && error.errors[0] === 1);
  assert.sameValue(await Promise.race([new Promise(() => {}), 3]), 3);
  assert.compareArray(await Promise.all([]), []);
  assert.sameValue(await Promise.all(1).catch((e) => e.constructor), TypeError);
});
