// SPDX-License-Identifier: MIT
/*---
description: Characters by position.
---*/
var s = "a\u{1f600}b";
assert.sameValue(s.charAt(0) + s.charAt(9), "a");
assert.sameValue(s.charCodeAt(1), 0xd83d);
assert.sameValue(s.charCodeAt(-1), NaN);
assert.sameValue(s.codePointAt(1), 0x1f600);
assert.sameValue(s.codePointAt(2), 0xde00);
assert.sameValue(s.codePointAt(4), undefined);
assert.sameValue(s.at(-1), "b");
assert.sameValue(s.at(4), undefined);
assert.compareArray([...s], ["a", "\u{1f600}", "b"]);
assert.throws(TypeError, function () { String.prototype.at.call(null); });
