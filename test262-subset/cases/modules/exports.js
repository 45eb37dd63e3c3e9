// SPDX-License-Identifier: MIT
/*---
description: Every form of export, and import.
flags: [module]
---*/
import def, * as ns from "./exports_FIXTURE.js";
import { a, b as renamed, "string name" as s, f, K, gen } from "./exports_FIXTURE.js";
import "./exports_FIXTURE.js";
import {} from "./exports_FIXTURE.js";
import { default as again, inner } from "./exports_FIXTURE.js";
assert.compareArray([def(), again(), a, renamed, s, f(), new K().x, [...gen()][0], inner.value], [1, 1, 2, 3, 4, 5, 6, 7, 1]);
assert.compareArray(Object.keys(ns), ["K", "a", "b", "default", "f", "gen", "inner", "string name", "value"]);
assert.sameValue(ns.default.name, "default");
assert.throws(TypeError, function () { a = 1; });
export * from "./value_FIXTURE.js";
export * as everything from "./value_FIXTURE.js";
export { value as other } from "./value_FIXTURE.js";
export { s as "exported string" };
