// SPDX-License-Identifier: MIT
/*---
description: Imports are live, cycles link, namespaces are sorted and sealed, default and star exports work.
flags: [module]
features: [export-star-as-namespace-from-module]
---*/
import fallback, { count, bump, later as renamed } from "./live_bindings_FIXTURE.js";
import * as ns from "./live_bindings_FIXTURE.js";
export function used() { return "function of the cycle"; }
assert.sameValue(count, 0);
bump();
assert.sameValue(count, 1);
assert.sameValue(ns.count, 1);
assert.sameValue(fallback, "default value");
assert.sameValue(renamed, "later");
assert.compareArray(Object.keys(ns), ["bump", "count", "default", "later", "self"]);
assert.throws(TypeError, function () { ns.count = 5; });
assert.throws(TypeError, function () { count = 5; });
assert.sameValue(ns.self.used(), "function of the cycle");
assert.sameValue(this, undefined);
