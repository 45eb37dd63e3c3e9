// SPDX-License-Identifier: MIT
/*---
description: JSON modules.
flags: [module]
features: [import-attributes, json-modules]
---*/
import data from "./data_FIXTURE.json" with { type: "json" };
assert.sameValue(data.x, 1);
assert.compareArray(data.list, [1, null]);
