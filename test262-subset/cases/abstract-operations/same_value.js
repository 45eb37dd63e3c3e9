// SPDX-License-Identifier: MIT
/*---
description: The four kinds of equality treat NaN, the zeros and null as the standard says.
---*/
assert.sameValue(NaN === NaN, false);
assert.sameValue(0 === -0, true);
assert.sameValue(Object.is(0, -0), false);
assert.sameValue([NaN].includes(NaN), true);
assert.sameValue([NaN].indexOf(NaN), -1);
assert.sameValue(null == undefined, true);
assert.sameValue(null == 0, false);
assert.sameValue("1" == 1n, true);
assert.sameValue(2n > 1, true);
