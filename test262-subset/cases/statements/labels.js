// SPDX-License-Identifier: MIT
/*---
description: Labels on any statement.
---*/
a: b: { break a; }
c: if (true) { break c; }
d: for (;;) { e: for (;;) { break d; } }
f: try { break f; } finally { }
g: switch (1) { case 1: break g; }
assert.throws(SyntaxError, function () { eval("x: while (1) { (function () { break x; }) }"); });
assert.sameValue(eval("y: { 1; break y; }"), 1);
