// SPDX-License-Identifier: MIT
/*---
description: Waiting: not-equal, timed-out, and being notified.
flags: [async, CanBlockIsTrue]
includes: [asyncHelpers.js]
features: [Atomics, Atomics.waitAsync]
---*/
asyncTest(async function () {
  var a = new Int32Array(new SharedArrayBuffer(8));
  assert.sameValue(Atomics.wait(a, 0, 1), "not-equal");
  assert.sameValue(Atomics.wait(a, 0, 0, 1), "timed-out");
  var now = Atomics.waitAsync(a, 0, 1);
  assert.compareArray([now.async, now.value], [false, "not-equal"]);
  var later = Atomics.waitAsync(a, 0, 0);
  assert.sameValue(later.async, true);
  assert.sameValue(Atomics.notify(a, 0, 1), 1);
  assert.sameValue(await later.value, "ok");
  setTimeout(function () {}, 100); // a wait alone does not keep the program
  assert.sameValue(await Atomics.waitAsync(a, 0, 0, 1).value, "timed-out");
});
