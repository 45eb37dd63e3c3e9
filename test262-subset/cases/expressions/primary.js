// SPDX-License-Identifier: MIT
/*---
description: Primary expressions: this, literals, groups.
flags: [noStrict]
---*/
assert.sameValue(this, globalThis);
assert.sameValue((function () { return this; }).call(1) instanceof Number, true);
assert.sameValue((function () { "use strict"; return this; }).call(1), 1);
assert.sameValue((1, 2), 2);
assert.sameValue(((((3)))), 3);
assert.compareArray([null, true, false].map(String), ["null", "true", "false"]);
