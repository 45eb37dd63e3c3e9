// SPDX-License-Identifier: MIT
/*---
description: The executor runs at once; a promise settles once.
flags: [async]
includes: [asyncHelpers.js]
---*/
asyncTest(async function () {
  var order = [], resolve;
  var p = new Promise(function (ok, no) { order.push("executor"); resolve = ok; ok(1); no(2); throw 3; });
  order.push("after");
  assert.compareArray(order, ["executor", "after"]);
  assert.sameValue(await p, 1);
  assert.sameValue(await new Promise(function () { throw 4; }).catch((e) => e), 4);
  var self = new Promise((ok) => { resolve = ok; });
  resolve(self);
  assert.sameValue(await self.catch((e) => e.constructor), TypeError);
  assert.throws(TypeError, function () { Promise(function () {}); });
  assert.throws(TypeError, function () { new Promise(); });
  assert.sameValue(Promise[Symbol.species], Promise);
});
