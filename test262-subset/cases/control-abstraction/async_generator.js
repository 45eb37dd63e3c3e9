// SPDX-License-Identifier: MIT
/*---
description: Async generators queue requests.
flags: [async]
includes: [asyncHelpers.js]
features: [async-iteration]
---*/
asyncTest(async function () {
  var log = [];
  async function* g() { try { yield 1; yield Promise.resolve(2); await null; throw new RangeError; } finally { log.push("end"); } }
  var it = g(), results = await Promise.allSettled([it.next(), it.next(), it.next(), it.next()]);
  assert.compareArray(results.map((r) => (r.value ? r.value.value : r.reason.name)), [1, 2, "RangeError", undefined]);
  assert.compareArray(log, ["end"]);
  it = g();
  await it.next();
  assert.sameValue((await it.return(Promise.resolve(7))).value, 7);
  assert.sameValue((await it.next()).done, true);
  it = g();
  assert.sameValue(await it.throw(5).catch((e) => e), 5);
  var seen = [];
  for await (var v of g()) { seen.push(v); if (v === 2) break; }
  assert.compareArray(seen, [1, 2]);
  seen = [];
  for await (var w of [Promise.resolve("a"), "b"]) seen.push(w);
  assert.compareArray(seen, ["a", "b"]);
  assert.sameValue(it[Symbol.asyncIterator](), it);
  assert.sameValue(it[Symbol.toStringTag], "AsyncGenerator");
});
