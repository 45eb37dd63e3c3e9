// SPDX-License-Identifier: MIT
/*---
description: Array.fromAsync waits for what it takes.
flags: [async]
includes: [asyncHelpers.js]
features: [Array.fromAsync]
---*/
asyncTest(async function () {
  async function* g() { yield 1; yield Promise.resolve(2); }
  assert.compareArray(await Array.fromAsync(g()), [1, 2]);
  assert.compareArray(await Array.fromAsync([Promise.resolve(3), 4], async (v) => v * 2), [6, 8]);
  assert.compareArray(await Array.fromAsync({ length: 1, 0: Promise.resolve("a") }), ["a"]);
  var error = await Array.fromAsync([Promise.reject("no")]).catch((e) => e);
  assert.sameValue(error, "no");
});
