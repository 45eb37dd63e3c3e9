// SPDX-License-Identifier: MIT
/*---
description: What one agent stores before another sees its flag is seen too.
features: [Atomics, SharedArrayBuffer]
---*/
$262.agent.start(`
  $262.agent.receiveBroadcast(function (buffer) {
    var a = new Int32Array(buffer), wrong = 0;
    for (var i = 1; i <= 200; i++) {
      while (Atomics.load(a, 0) < i);
      if (a[1] !== i * 3) wrong++;
      Atomics.store(a, 2, i);
    }
    $262.agent.report(wrong);
    $262.agent.leaving();
  });
`);
var a = new Int32Array(new SharedArrayBuffer(16));
$262.agent.broadcast(a.buffer);
for (var i = 1; i <= 200; i++) {
  a[1] = i * 3;
  Atomics.store(a, 0, i);
  while (Atomics.load(a, 2) < i);
}
var report;
while ((report = $262.agent.getReport()) === null) $262.agent.sleep(1);
assert.sameValue(report, "0");
