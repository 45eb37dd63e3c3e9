// SPDX-License-Identifier: MIT
/*---
description: then, catch, finally; thenables take their turns.
flags: [async]
includes: [asyncHelpers.js]
features: [Promise.prototype.finally]
---*/
asyncTest(async function () {
  var log = [];
  Promise.resolve().then(() => log.push(1)).then(() => log.push(3));
  Promise.resolve({ then(ok) { log.push("then"); ok(); } }).then(() => log.push("thenable"));
  Promise.resolve().then(() => log.push(2));
  await new Promise((ok) => setTimeout(ok, 1));
  assert.compareArray(log, [1, "then", 2, 3, "thenable"]);
  assert.sameValue(await Promise.reject(1).then(() => 2).catch((e) => e + 10), 11);
  assert.sameValue(await Promise.resolve(1).finally(() => 2), 1);
  assert.sameValue(await Promise.resolve(1).finally(() => { throw 3; }).catch((e) => e), 3);
  assert.sameValue(await Promise.resolve(5).then(), 5);
  assert.throws(TypeError, function () { Promise.prototype.then.call({}); });
});
