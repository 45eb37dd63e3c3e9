// SPDX-License-Identifier: MIT
/*---
description: Agents are threads; broadcasts share memory, reports come back.
features: [Atomics, SharedArrayBuffer]
---*/
$262.agent.start(`
  $262.agent.receiveBroadcast(function (buffer, n) {
    var a = new Int32Array(buffer);
    Atomics.add(a, 0, n);
    Atomics.notify(a, 0);
    $262.agent.report("done " + Atomics.load(a, 0));
    $262.agent.leaving();
  });
`);
var a = new Int32Array(new SharedArrayBuffer(4));
$262.agent.broadcast(a.buffer, 5);
Atomics.wait(a, 0, 0, 10000);
var report;
while ((report = $262.agent.getReport()) === null) $262.agent.sleep(1);
assert.sameValue(report, "done 5");
assert.sameValue(typeof $262.agent.monotonicNow(), "number");
