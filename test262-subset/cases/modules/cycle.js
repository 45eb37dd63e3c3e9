// SPDX-License-Identifier: MIT
/*---
description: Modules that import each other.
flags: [module]
---*/
import { fromOther, later } from "./cycle_FIXTURE.js";
export function hoisted() { return "hoisted"; }
export let mine = "mine";
assert.sameValue(fromOther, "hoisted ReferenceError");
assert.sameValue(later(), "mine");
