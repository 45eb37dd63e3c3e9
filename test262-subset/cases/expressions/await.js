// SPDX-License-Identifier: MIT
/*---
description: await takes turns, and unwraps.
flags: [async]
includes: [asyncHelpers.js]
---*/
asyncTest(async function () {
  assert.sameValue(await 1 + await Promise.resolve(2), 3);
  assert.sameValue(await { then(ok) { ok(4); } }, 4);
  try { await Promise.reject(5); throw 6; } catch (e) { assert.sameValue(e, 5); }
  var log = [];
  await Promise.all([(async () => { log.push(1); await 0; log.push(3); })(), (async () => { log.push(2); await 0; log.push(4); })()]);
  assert.compareArray(log, [1, 2, 3, 4]);
  assert.sameValue(await (async (x = 5) => x)(), 5);
  var arrow = async a => await a;
  assert.sameValue(await arrow(7), 7);
});
