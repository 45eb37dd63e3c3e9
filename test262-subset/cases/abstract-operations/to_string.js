// SPDX-License-Identifier: MIT
/*---
description: What values look like as texts.
---*/
assert.sameValue(`${null} ${undefined} ${true} ${-0} ${1e21} ${[1, [2]]} ${{}} ${12n}`, "null undefined true 0 1e+21 1,2 [object Object] 12");
assert.throws(TypeError, function () { `${Symbol()}`; });
assert.throws(TypeError, function () { `${Object.create(null)}`; });
assert.sameValue(`${{ toString: () => 1, valueOf: () => 2 }}`, "1");
assert.sameValue({ toString: () => 1, valueOf: () => 2 } + "", "2");
