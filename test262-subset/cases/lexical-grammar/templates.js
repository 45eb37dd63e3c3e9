// SPDX-License-Identifier: MIT
/*---
description: Templates: cooked and raw, nested.
---*/
assert.sameValue(`a${1}b${`c${2}`}`, "a1bc2");
assert.sameValue(`\u0041\
x`, "Ax");
assert.sameValue(eval("`\r\n`"), "\n");
assert.throws(SyntaxError, function () { eval("`\\01`"); });
assert.sameValue(((s) => s.raw[0])`\01\u`, "\\01\\u");
