// SPDX-License-Identifier: MIT
/*---
description: Comments as in HTML.
flags: [raw]
---*/
var ran = 0;
<!-- ran = 1;
ran = 2; <!-- ran = 3;
/* a
*/ --> ran = 4;
--> ran = 5;
if (ran !== 2) throw new Error(String(ran));
