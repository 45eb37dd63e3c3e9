// SPDX-License-Identifier: MIT
/*---
description: while, do, for; break and continue with labels.
---*/
var log = [], i = 0;
while (i < 3) { if (i++ === 1) continue; log.push(i); }
do { log.push("do"); } while (false)
for (var j = 0, k = 10; j < k; j += 3, k--) log.push(j + k);
for (;;) break;
outer: for (let x = 0; x < 3; x++) { inner: for (let y = 0; y < 3; y++) { if (y === 1) continue outer; if (x === 2) break outer; log.push(x + "" + y); } }
block: { log.push("in"); break block; log.push("never"); }
assert.sameValue(log.join(), "1,3,do,10,12,14,00,10,in");
assert.sameValue(eval("do { 5; continue; } while (false)"), 5);
for (const c = 1; ;) { assert.sameValue(c, 1); break; }
for (let n = 0, grab = () => n; n < 1; n++) assert.sameValue(grab(), 0);
