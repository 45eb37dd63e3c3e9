// SPDX-License-Identifier: MIT
/*---
description: The order of jobs of await, then and async iteration.
flags: [async]
includes: [asyncHelpers.js]
features: [async-functions, async-iteration]
---*/
asyncTest(async function () {
  var log = [];
  async function one() { log.push(1); await null; log.push(3); return 4; }
  var p = one();
  log.push(2);
  log.push(await p);
  async function* numbers() { try { yield 5; yield Promise.resolve(6); yield 7; } finally { log.push("closed"); } }
  for await (var n of numbers()) { log.push(n); if (n === 6) break; }
  try { await Promise.reject("e"); } catch (error) { log.push(error); }
  assert.compareArray(log, [1, 2, 3, 4, 5, 6, "closed", "e"]);
});
