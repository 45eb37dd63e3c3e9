// SPDX-License-Identifier: MIT
/*---
description: exec: groups, indices, lastIndex.
features: [regexp-named-groups, regexp-match-indices]
---*/
var r = /(?<x>a)(b)?/dg, m = r.exec("xxab");
assert.compareArray(m, ["ab", "a", "b"]);
assert.sameValue(m.index, 2);
assert.sameValue(m.input, "xxab");
assert.sameValue(m.groups.x, "a");
assert.compareArray(m.indices[1], [2, 3]);
assert.compareArray(m.indices.groups.x, [2, 3]);
assert.sameValue(r.lastIndex, 4);
assert.sameValue(r.exec("xxab"), null);
assert.sameValue(r.lastIndex, 0);
var sticky = /a/y;
sticky.lastIndex = 1;
assert(sticky.test("ba") && sticky.lastIndex === 2 && !sticky.test("ba"));
assert.throws(TypeError, function () { RegExp.prototype.exec.call({}, ""); });
assert.sameValue(RegExp.prototype.test.call({ exec: () => ({}) }, ""), true);
assert.throws(TypeError, function () { RegExp.prototype.test.call({ exec: () => 1 }, ""); });
