// SPDX-License-Identifier: MIT
/*---
description: AsyncDisposableStack waits.
flags: [async]
includes: [asyncHelpers.js]
features: [explicit-resource-management]
---*/
asyncTest(async function () {
  var log = [], stack = new AsyncDisposableStack();
  stack.use({ async [Symbol.asyncDispose]() { await null; log.push("async"); } });
  stack.use({ [Symbol.dispose]() { log.push("sync"); } });
  stack.adopt(1, async (v) => log.push(v));
  stack.defer(async () => { log.push("defer"); });
  var moved = stack.move();
  assert.compareArray([stack.disposed, moved.disposed], [true, false]);
  await moved.disposeAsync();
  assert.compareArray(log, ["defer", 1, "sync", "async"]);
  assert.sameValue(AsyncDisposableStack.prototype[Symbol.asyncDispose], AsyncDisposableStack.prototype.disposeAsync);
  assert.throws(ReferenceError, function () { moved.use(null); });
  var it = (async function* () {})();
  await it[Symbol.asyncDispose]?.();
  {
    await using held = { async [Symbol.asyncDispose]() { log.push("using"); } };
  }
  assert.sameValue(log[4], "using");
});
