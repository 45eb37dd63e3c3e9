// SPDX-License-Identifier: MIT
/*---
description: Tagged templates get one frozen object per site, with raw strings.
---*/
function tag(strings) { return strings; }
function site() { return tag`a\n${1}\unicode`; }
var first = site();
assert.sameValue(first, site());
assert.sameValue(first[0], "a\n");
assert.sameValue(first[1], undefined);
assert.sameValue(first.raw[0], "a\\n");
assert.sameValue(first.raw[1], "\\unicode");
assert(Object.isFrozen(first) && Object.isFrozen(first.raw));
