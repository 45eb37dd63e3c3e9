// SPDX-License-Identifier: MIT
/*---
description: A directive makes the function strict.
flags: [noStrict]
---*/
function sloppy() { return this === globalThis; }
function strict() { "use strict"; return this; }
function escaped() { "use\x20strict"; return this === globalThis; }
function late() { ; "use strict"; return this === globalThis; }
assert.compareArray([sloppy(), strict(), escaped(), late()], [true, undefined, true, true]);
assert.throws(SyntaxError, function () { eval("function f() { 'use strict'; 010 }"); });
assert.throws(SyntaxError, function () { eval("function f() { '\\01'; 'use strict'; }"); });
