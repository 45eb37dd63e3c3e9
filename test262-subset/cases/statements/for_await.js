// SPDX-License-Identifier: MIT
/*---
description: for await waits for each value and closes.
flags: [async]
includes: [asyncHelpers.js]
---*/
asyncTest(async function () {
  var log = [], source = { [Symbol.asyncIterator]() { var n = 0; return { next: async () => ({ value: n++, done: n > 5 }), return: async () => (log.push("closed"), {}) }; } };
  for await (const v of source) { log.push(v); if (v === 1) break; }
  for await (let [x] of [[Promise.resolve(7)]]) log.push(await x);
  assert.compareArray(log, [0, 1, "closed", 7]);
  try { for await (var y of [Promise.reject("no")]) ; } catch (e) { log.push(e); }
  assert.sameValue(log[4], "no");
});
