// SPDX-License-Identifier: MIT
/*---
description: import() gives a promise for the namespace.
flags: [async]
includes: [asyncHelpers.js]
features: [dynamic-import]
---*/
asyncTest(async function () {
  var ns = await import("./value_FIXTURE.js");
  assert.sameValue(ns.value, 1);
  assert.sameValue(await import("./value_FIXTURE.js"), ns);
  assert.sameValue(await import("./missing_FIXTURE.js").then(() => 1, (e) => e instanceof Error), true);
  assert.sameValue(await import({ toString() { throw 5; } }).catch((e) => e), 5);
  assert.sameValue((await import("./data_FIXTURE.json", { with: { type: "json" } })).default.x, 1);
});
