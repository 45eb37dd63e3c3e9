// SPDX-License-Identifier: MIT
/*---
description: < converts to numbers unless both are texts.
---*/
assert("10" < "9" && "10" > 9 && !("a" < 1) && !("a" >= 1) && null <= 0 && !(undefined <= 0) && 1n < "2" && !(1n < "x") && [2] > 1);
var log = "";
({ valueOf() { log += "l"; return 1; } }) > { valueOf() { log += "r"; return 2; } };
assert.sameValue(log, "lr");
