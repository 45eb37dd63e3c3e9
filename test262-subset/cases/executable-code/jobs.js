// SPDX-License-Identifier: MIT
/*---
description: Promise jobs run after the script, in order, also those made by jobs.
flags: [async]
---*/
var log = ["script"];
Promise.resolve().then(() => { log.push(1); Promise.resolve().then(() => log.push(3)); }).then(() => log.push(4));
(async () => { await null; log.push(2); })();
setTimeout(function () {
  if (log.join() === "script,1,2,3,4") $DONE();
  else $DONE(log.join());
}, 1);
log.push("end");
log.pop();
