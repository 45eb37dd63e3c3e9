// SPDX-License-Identifier: MIT
/*---
description: Named groups, lookbehind, sticky and unicode flags, replacement patterns, indices and set notation.
features: [regexp-named-groups, regexp-lookbehind, regexp-match-indices, regexp-v-flag]
---*/
var match = /(?<year>\d{4})-(?<month>\d\d)/d.exec("on 2026-11");
assert.sameValue(match.groups.month, "11");
assert.compareArray(match.indices.groups.year, [3, 7]);
assert.sameValue("2026-11".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y> $1 $$"), "11/2026 2026 $");
assert.sameValue(/(?<=\$)\d+/.exec("a1 $22")[0], "22");
var sticky = /a/y;
sticky.lastIndex = 1;
assert(sticky.test("ba"));
assert.sameValue(/^.$/u.test("😀"), true);
assert.sameValue(/^[\p{L}--[a-z]]$/v.test("a"), false);
assert.sameValue(/^(?:(a)|b)*$/.exec("ab")[1], undefined);
assert.throws(SyntaxError, function () { new RegExp("(", ""); });
