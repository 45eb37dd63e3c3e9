// SPDX-License-Identifier: MIT
/*---
description: Accessors of flags and source.
features: [regexp-match-indices, regexp-v-flag, regexp-dotall]
---*/
var r = /a/dgimsuy;
assert.sameValue(r.flags, "dgimsuy");
assert(r.hasIndices && r.global && r.ignoreCase && r.multiline && r.dotAll && r.unicode && r.sticky && !r.unicodeSets);
assert(/a/v.unicodeSets);
assert.sameValue(RegExp.prototype.global, undefined);
assert.sameValue(RegExp.prototype.source, "(?:)");
assert.sameValue(RegExp.prototype.flags, "");
assert.throws(TypeError, function () { Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}); });
assert.sameValue(Object.getOwnPropertyDescriptor(RegExp.prototype, "flags").get.call({ global: 1, hasIndices: true }), "dg");
assert.sameValue(RegExp.prototype.toString.call({ source: "x", flags: "y" }), "/x/y");
