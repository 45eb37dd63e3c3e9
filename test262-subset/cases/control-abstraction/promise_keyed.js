// SPDX-License-Identifier: MIT
/*---
description: Promise.allKeyed and allSettledKeyed.
flags: [async]
includes: [asyncHelpers.js]
features: [await-dictionary]
---*/
asyncTest(async function () {
  var all = await Promise.allKeyed({ a: 1, b: Promise.resolve(2) });
  assert.compareArray([all.a, all.b, Object.keys(all).join()], [1, 2, "a,b"]);
  var settled = await Promise.allSettledKeyed({ a: Promise.reject(1) });
  assert.sameValue(settled.a.reason, 1);
});
