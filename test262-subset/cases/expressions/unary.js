// SPDX-License-Identifier: MIT
/*---
description: delete, void, typeof, +, -, ~, !.
flags: [noStrict]
---*/
var o = { a: 1 };
assert.compareArray([delete o.a, "a" in o, delete o.none, delete 5, void 0, typeof o, +"3", -"3", ~"3", !"", !!"a"],
                    [true, false, true, true, undefined, "object", 3, -3, -4, true, true]);
var v = 1;
assert.sameValue(delete v, false);
globalThis.w = 1;
assert.sameValue(delete w, true);
assert.sameValue(-0n === 0n, true);
assert.sameValue(delete [].length, false);
assert.throws(ReferenceError, function () { ({ m() { delete super.x; } }).m(); });
